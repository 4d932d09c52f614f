import type { OnezoneSandbox } from '../onezone/server.js';
import type { ZoneHandleService } from '../onezone/state.js';
import type { Access } from './access.js';
import type { ShownCall, ShownMember, ShownService, ShownZone } from './shown.js';

/** The handle services and their members, without credentials. */
export function showZone({ state, url }: OnezoneSandbox, access: Access): ShownZone {
  const { name, version } = state.config;
  return {
    name: name ?? 'Onezone',
    url,
    version,
    services: Object.values(state.handleServices).map((handleService) =>
      service(handleService, state, access),
    ),
  };
}

const MAX_CALLS = 150;

export function showCalls({ log }: OnezoneSandbox): ShownCall[] {
  return log
    .slice(-MAX_CALLS)
    .reverse()
    .map(({ seq, at, method, path, status, fault, ms }) => ({
      ...{ seq, at, method, path, status, fault },
      ms: Math.round(ms),
    }));
}

function service(
  { handleServiceId: id, name, proxyEndpoint, serviceProperties, users, groups }: ZoneHandleService,
  { users: known, groups: knownGroups }: OnezoneSandbox['state'],
  access: Access,
): ShownService {
  const { type, prefix, ...others } = serviceProperties;
  const people = Object.entries(users).map(([user, privileges]): ShownMember => {
    const full = known[user]?.fullName ?? user;
    return { id: user, name: full, kind: 'user', privileges, lasts: access.lasts(id, user) };
  });
  const teams = Object.entries(groups).map(([group, privileges]): ShownMember => {
    const full = knownGroups[group]?.name ?? group;
    return { id: group, name: full, kind: 'group', privileges, lasts: null };
  });
  return {
    id,
    name,
    type: textOf(type),
    prefix: textOf(prefix),
    proxyEndpoint: withoutCredentials(proxyEndpoint),
    properties: Object.entries(others).map(([key, value]) => ({
      key,
      value: isSecret(key) ? '•••' : withoutCredentials(textOf(value)),
    })),
    members: [...people, ...teams],
  };
}

/** User names count too: they are half of a registrar account's credentials. */
const isSecret = (key: string): boolean => /pass|secret|token|key|user/i.test(key);

const withoutCredentials = (address: string): string => address.replace(/\/\/[^/@\s]*@/, '//•••@');

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
