/** Put in its place by the build. */
declare const HANDLE_DESK_VERSION: string | undefined;

export const version =
  typeof HANDLE_DESK_VERSION === 'undefined' ? 'not built' : HANDLE_DESK_VERSION;
