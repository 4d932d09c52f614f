import { createHash, randomBytes } from 'node:crypto';

/** 32 hex digits, `ch` and four more: what Onezone has given everything since 19.02. */
export function newZoneId(): string {
  return `${hex(16)}ch${hex(2)}`;
}

/** A user's id follows from the first IdP account they came with, so that it can be known before they ever came. */
export function idOfIdpUser(idp: string, subjectId: string): string {
  const digest = createHash('sha256').update(`${idp}\n${subjectId}`).digest('hex');
  return `${digest.slice(0, 32)}ch${digest.slice(32, 36)}`;
}

/** Ten hex digits to find a crash in the logs by. */
export function crashReference(): string {
  return hex(5);
}

export function newSecret(): string {
  return hex(16);
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
