import { BlockList, isIPv4 } from 'node:net';
import { z } from 'zod';
import { isMatchspec } from './matchspec.js';
import { type ZoneCaveat } from './state.js';

/** Where a token may be used, as caveats and questions about tokens name it. */
export const interfaces = ['rest', 'graphsync', 'oneclient'] as const;

const whitelist = z.array(z.string()).min(1);
const ipMask = z.string().refine((text) => readMask(text) !== null);

/** Every caveat Onezone knows (Onezone contract 4.3). */
const knownCaveat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('time'), validUntil: z.number().int() }),
  z.object({ type: z.literal('ip'), whitelist: z.array(ipMask).min(1) }),
  z.object({
    type: z.literal('interface'),
    interface: z.enum(interfaces),
  }),
  z.object({ type: z.literal('service'), whitelist }),
  z.object({ type: z.literal('consumer'), whitelist }),
  z.object({ type: z.literal('api'), whitelist: z.array(z.string().refine(isMatchspec)).min(1) }),
  z.object({ type: z.literal('data.readonly') }),
  z.object({ type: z.literal('data.path'), whitelist }),
  z.object({ type: z.literal('data.objectid'), whitelist }),
]);

type KnownCaveat = z.infer<typeof knownCaveat>;

export function readCaveat(caveat: unknown): KnownCaveat | null {
  const read = knownCaveat.safeParse(caveat);
  return read.success ? read.data : null;
}

/** What a token is used for and from where. */
export interface Use {
  /** Unix seconds. */
  readonly at: number;
  readonly peer: string | null;
  readonly interface: string | null;
  /** User ids proven by an identity token beside the request's own. */
  readonly consumerId: string | null;
  readonly allowData: boolean;
}

/** Why a caveat forbids this use, as Onezone puts it; `null` = it does not. The api caveat is judged later. */
export function unverified(caveat: ZoneCaveat, use: Use): string | null {
  const known = readCaveat(caveat);
  if (known === null) return `unverified ${caveat.type} caveat`;
  return holds(known, use) ? null : explained(known);
}

function holds(caveat: KnownCaveat, use: Use): boolean {
  switch (caveat.type) {
    case 'time':
      return use.at < caveat.validUntil;
    case 'ip':
      return use.peer !== null && within(caveat.whitelist, use.peer);
    case 'interface':
      return use.interface === caveat.interface;
    case 'service':
      return caveat.whitelist.some((entry) => entry === 'ozw-onezone' || entry === 'ozw-*');
    case 'consumer':
      return use.consumerId !== null && caveat.whitelist.includes(`usr-${use.consumerId}`);
    case 'api':
      return true;
    case 'data.readonly':
    case 'data.path':
    case 'data.objectid':
      return use.allowData;
  }
}

/** The sentence inside `tokenCaveatUnverified`. */
export function explained(caveat: KnownCaveat): string {
  switch (caveat.type) {
    case 'time':
      return `unverified time caveat: this token has expired at '${isoSeconds(caveat.validUntil)}'`;
    case 'ip':
      return `unverified IP caveat: this token can only be used from an IP address that matches: '${orList(caveat.whitelist)}'`;
    case 'interface':
      return `unverified interface caveat: this token can only be used in the '${caveat.interface}' interface`;
    case 'service':
      return `unverified service caveat: this token can only be used to authorize operations in the following service: '${orList(caveat.whitelist)}'`;
    case 'consumer':
      return `unverified consumer caveat: this token can only be used by the following consumer: '${orList(caveat.whitelist)}'`;
    case 'api':
      return `unverified API caveat: this token can only be used for API calls that match the following spec: '${orList(caveat.whitelist)}'`;
    case 'data.readonly':
      return 'unverified data access caveat: this token allows for readonly data access';
    case 'data.path':
      return `unverified data path caveat: this token can only be used to access data under the following paths (and nested directories): ${orList(caveat.whitelist)}`;
    case 'data.objectid':
      return `unverified data path caveat: this token can only be used to access data with the following FILE_ID (and nested directories): ${orList(caveat.whitelist)}`;
  }
}

function orList(entries: readonly string[]): string {
  return entries.join(' or ');
}

function isoSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function within(masks: readonly string[], peer: string): boolean {
  const list = new BlockList();
  for (const mask of masks.map(readMask)) {
    if (mask !== null) list.addSubnet(mask.address, mask.bits, 'ipv4');
  }
  // A dual-stack listener tells an IPv4 peer as ::ffff:a.b.c.d
  const address = peer.replace(/^::ffff:/, '');
  return isIPv4(address) && list.check(address, 'ipv4');
}

function readMask(text: string): { address: string; bits: number } | null {
  const [address = '', bits = '32', ...rest] = text.split('/');
  const width = Number(bits);
  const fine = rest.length === 0 && isIPv4(address) && /^\d{1,2}$/.test(bits) && width <= 32;
  return fine ? { address, bits: width } : null;
}
