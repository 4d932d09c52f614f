import type { Methods } from './method.js';

/** Who am I, and (for the app token) where to connect. */
export function authMethods(ticketUrl: () => string): Methods {
  return {
    'auth.test': {
      token: 'any',
      scope: null,
      run: ({ workspace: { state } }) => ({
        url: `https://${state.team.domain}.slack.com/`,
        team: state.team.name,
        user: state.users[state.app.botUserId]?.name ?? state.app.name,
        team_id: state.team.id,
        user_id: state.app.botUserId,
        bot_id: state.app.botId,
        is_enterprise_install: false,
      }),
    },
    'apps.connections.open': { token: 'app', scope: null, run: () => ({ url: ticketUrl() }) },
  };
}
