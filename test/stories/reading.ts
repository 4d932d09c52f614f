import type { RequestId } from '../../src/requests/request.js';
import { type Desk, HOUR, type Name, PEOPLE } from './desk.js';
import { onTop } from './acts.js';
import { screen, undated, wordsOf } from './screen.js';

/**
 * A text as anybody could have said it beforehand: times counted from the beginning of the story (`‹90d›`, `‹8h›`),
 * Onezone's users by their names, the zone's address as `‹zone›`.
 */
export function reads(desk: Desk, text: string): string {
  const timed = text
    .replace(/<!date\^(\d+)\^[^>]*>/g, (_, unix: string) => since(desk, Number(unix) * 1000))
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => since(desk, Date.parse(iso)));
  const named = Object.entries(desk.onezoneIds).reduce(
    (said, [name, id]) =>
      said.replaceAll(id, `‹${name}›`).replaceAll(`${id.slice(0, 8)}…`, `‹${name}›`),
    timed,
  );
  return undated(named)
    .replace(/(?<=Look for `)[0-9A-F]{10}/g, '‹support id›')
    .replaceAll(`${desk.zone.url}/`, '‹zone›/')
    .replaceAll(desk.datacite, '‹DataCite›');
}

function since(desk: Desk, ms: number): string {
  const hours = Math.round((ms - desk.openedAt.getTime()) / HOUR);
  return hours % 24 === 0 ? `‹${String(hours / 24)}d›` : `‹${String(hours)}h›`;
}

/** The buttons of a message or modal: `(Details)`. */
export const buttonsOf = (shown: Parameters<typeof screen>[0]): readonly string[] =>
  screen(shown).filter((it) => /^\(.*\)$/.test(it));

/** What stands in the modal on top, without its buttons. */
export const onScreen = (desk: Desk, name: Name): string => reads(desk, wordsOf(onTop(desk, name)));

/** What a conversation says now, oldest first. */
export const conversation = (desk: Desk, texts: readonly string[]): readonly string[] =>
  texts.map((it) => reads(desk, it));

export interface Recorded {
  readonly who: string;
  readonly what: string;
  readonly detail: unknown;
}

/** The audit lines of a request, whole but for their place in the chain. */
export async function onRecord(desk: Desk, id: RequestId): Promise<readonly Recorded[]> {
  const lines = await desk.audit();
  return lines
    .filter((it) => it.request === id)
    .map(({ who, what, detail }) => ({ who, what, detail: plain(desk, detail) }));
}

/** What happened to a request, in the words of the audit. */
export async function life(desk: Desk, id: RequestId): Promise<readonly string[]> {
  return (await onRecord(desk, id)).map((it) => `${it.who}: ${it.what}`);
}

/** Values of the audit, with times and ids as `reads` names them. */
function plain(desk: Desk, value: unknown): unknown {
  const said = reads(desk, JSON.stringify(value));
  const parsed: unknown = JSON.parse(
    said.replace(/"(effect|supportId)":"\w+"/g, (_, key: string) => `"${key}":"‹${key}›"`),
  );
  return parsed;
}

/** A place in Onezone's log, to count from. */
export const mark = (desk: Desk): number => desk.zone.log.at(-1)?.seq ?? 0;

/** Calls to Onezone since then: `PUT /handle_services/‹DataCite›/users/‹lena› 201`. */
export function callsSince(desk: Desk, from: number): readonly string[] {
  return desk.zone.log
    .filter((it) => it.seq > from)
    .map(({ method, path, status }) => {
      const place = path.replace(desk.zone.state.config.prefix, '');
      return reads(desk, `${method} ${place} ${String(status)}`);
    });
}

export const writesSince = (desk: Desk, from: number): readonly string[] =>
  callsSince(desk, from).filter((it) => !it.startsWith('GET') && !it.includes('/tokens/'));

/** Who is a member of a service, and with what, by name. */
export function members(
  desk: Desk,
  service: string = desk.datacite,
): Readonly<Record<string, readonly string[]>> {
  const { users } = desk.zone.state.handleServices[service] ?? {};
  const names = new Map(Object.entries(desk.onezoneIds).map(([name, id]) => [id, name]));
  return Object.fromEntries(
    Object.entries(users ?? {})
      .filter(([id]) => id !== desk.account.id)
      .map(([id, privileges]) => [names.get(id) ?? id, privileges]),
  );
}

export const USE = ['handle_service_register_handle', 'handle_service_view'] as const;
export const MAINTAIN = [
  'handle_service_list_handles',
  'handle_service_manage_handles',
  ...USE,
] as const;

/** `<@U0LENA>` */
export const at = (name: keyof typeof PEOPLE): string => `<@${PEOPLE[name]}>`;

/** What everybody reads who got access for the first time. */
export const GUIDE = [
  '*How to publish your first identifier*',
  '1. Open <‹zone›/|Example zone>, go to Data and share a file or directory. You need `space_manage_shares` in the space it is in.',
  '2. Open the share and its tab *Publish as Open Data* (from Onezone 25 on: *Expose as Public Data*).',
  '3. Choose *DataCite*, fill in the metadata (Dublin Core) and publish.',
  'Or by REST with your own token: `POST ‹zone›/api/v3/onezone/user/handles`. It must be `/user/handles`: `/handles` refuses ordinary members. From Onezone 25 on `metadataPrefix` is called `metadataSchema`.',
  '{',
  '  "handleServiceId": "‹DataCite›",',
  '  "resourceType": "Share",',
  '  "resourceId": "ID OF YOUR SHARE",',
  '  "metadataPrefix": "oai_dc",',
  '  "metadata": "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?><metadata xmlns:dc=\\"http://purl.org/dc/elements/1.1/\\"><dc:title>TITLE</dc:title></metadata>"',
  '}',
].join('\n');
