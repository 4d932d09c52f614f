/** What the manifest announces to Slack, and the listeners answer. */
export const EVENTS = ['app_home_opened', 'app_mention', 'message.im'] as const;

export const callbackIds = {
  review: 'request_review',
  denyReason: 'request_deny_reason',
} as const;

/** Where the modals' inputs are found in `view.state.values`. */
export const inputs = {
  verdict: { block: 'verdict', action: 'verdict' },
  comment: { block: 'comment', action: 'comment' },
} as const;
