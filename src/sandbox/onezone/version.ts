/** How an Onezone of one version differs from the others (Onezone contract 8). */
export interface Profile {
  readonly version: string;
  readonly atLeast: (version: string) => boolean;
  /** `text`: `{"error":"…"}`; `ids`: 401/403/404/500 carry an id only; `full`; `ctx`: the rewritten errors of 25. */
  readonly errors: 'text' | 'ids' | 'full' | 'ctx';
  readonly nameMax: number;
  readonly usernameMax: number;
  readonly knowsCreator: boolean;
  /** Before: deleting a handle service silently takes its handles along. */
  readonly keepsServicesWithHandles: boolean;
  readonly listHandlesPrivilege: 'handle_service_view' | 'handle_service_list_handles';
  readonly manageHandles: boolean;
  readonly metadataKey: 'metadataPrefix' | 'metadataSchema' | null;
  readonly breaker: boolean;
  readonly cors: boolean;
  readonly crashReference: boolean;
  readonly createJoinsCreator: boolean;
  readonly alreadyMemberStatus: 400 | 409;
}

export function profileOf(version: string): Profile {
  const own = rank(version);
  const atLeast = (other: string) => own >= rank(other);
  return {
    version,
    atLeast,
    errors: errorsOf(atLeast),
    nameMax: atLeast('21.02.0') ? 128 : 50,
    usernameMax: atLeast('21.02.0') ? 32 : 20,
    knowsCreator: atLeast('20.02.2'),
    keepsServicesWithHandles: atLeast('21.02.5'),
    listHandlesPrivilege: atLeast('21.02.6')
      ? 'handle_service_list_handles'
      : 'handle_service_view',
    manageHandles: atLeast('21.02.7'),
    metadataKey: metadataKeyOf(atLeast),
    breaker: atLeast('21.02.6'),
    cors: atLeast('21.02.5'),
    crashReference: atLeast('21.02.1'),
    createJoinsCreator: !atLeast('19.02.0'),
    alreadyMemberStatus: atLeast('20.02.0') ? 409 : 400,
  };
}

type AtLeast = (version: string) => boolean;

function errorsOf(atLeast: AtLeast): Profile['errors'] {
  if (atLeast('25.0')) return 'ctx';
  if (atLeast('20.02.0')) return 'full';
  return atLeast('19.02.0') ? 'ids' : 'text';
}

function metadataKeyOf(atLeast: AtLeast): Profile['metadataKey'] {
  if (atLeast('25.0')) return 'metadataSchema';
  return atLeast('21.02.5') ? 'metadataPrefix' : null;
}

/** `21.02.7` → 210207; a suffix such as `-rc1` does not count. */
function rank(version: string): number {
  const found = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (found === null) throw new Error(`not an Onezone version: ${version}`);
  return Number(found[1]) * 10_000 + Number(found[2]) * 100 + Number(found[3] ?? 0);
}
