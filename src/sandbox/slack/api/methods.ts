import { authMethods } from './auth-methods.js';
import { blockMethods } from './block-methods.js';
import { chatMethods } from './chat-methods.js';
import { conversationMethods } from './conversation-methods.js';
import type { Methods } from './method.js';
import { userMethods } from './user-methods.js';
import { usergroupMethods } from './usergroup-methods.js';
import { viewMethods } from './view-methods.js';

/** Every method this Slack has; another one is `unknown_method`. */
export function allMethods(ticketUrl: () => string): Methods {
  return {
    ...authMethods(ticketUrl),
    ...blockMethods,
    ...chatMethods,
    ...conversationMethods,
    ...userMethods,
    ...usergroupMethods,
    ...viewMethods,
  };
}
