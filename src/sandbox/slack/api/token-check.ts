import type { ApiCall } from '../types.js';
import { ApiError } from './api-error.js';
import type { Method } from './method.js';

export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

export function tokenKind(tokens: Tokens, token: string | null): ApiCall['token'] {
  if (token === null || token === '') return 'none';
  if (token === tokens.bot) return 'bot';
  return token === tokens.app ? 'app' : 'unknown';
}

/** @throws ApiError in Slack's words when the token will not do for the method */
export function checkToken(kind: ApiCall['token'], method: Method): void {
  if (kind === 'none') throw new ApiError('not_authed');
  if (kind === 'unknown') throw new ApiError('invalid_auth');
  if (method.token !== 'any' && method.token !== kind) throw new ApiError('not_allowed_token_type');
}
