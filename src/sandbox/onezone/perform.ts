import { tokenCaveatUnverified } from './auth-errors.js';
import { explained, readCaveat } from './caveats.js';
import { authenticationFailed, forbidden, notFound, unauthorized, ZoneError } from './errors.js';
import { allows, type Operation, readOperation } from './matchspec.js';
import { own } from './own.js';
import { type Route } from './routes/route.js';
import { allowed } from './rules.js';
import { type ZoneState } from './state.js';
import { idAt, type Reply, selfOf, type Visit } from './visit.js';

/** Existence, then the token's api caveats, then authorization, then the route's own validation and effect. */
export function performed(route: Route, visit: Visit): Reply {
  const operation = operationOf(route, visit);
  if (!entityExists(visit.zone.state, operation)) throw new ZoneError(notFound);
  if (route.exists?.(visit) === false) throw new ZoneError(notFound);
  checkApiCaveats(visit, operation);
  if (!route.allow.some((rule) => allowed(visit, rule))) {
    throw new ZoneError(visit.actor.kind === 'anonymous' ? unauthorized : forbidden);
  }
  return route.run(visit);
}

function operationOf(route: Route, visit: Visit): Operation {
  const { id, aspect, ...rest } = readOperation(route.operation);
  return { ...rest, id: filledIn(id, visit), aspect: filledIn(aspect, visit) };
}

/** Nobody is `{self}` without credentials: `unauthorized`. */
function filledIn(template: string, visit: Visit): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'self' ? selfOf(visit).userId : idAt(visit, name),
  );
}

function entityExists(state: ZoneState, { type, id }: Operation): boolean {
  if (id === 'null') return true;
  const holders: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    user: state.users,
    group: state.groups,
    handleService: state.handleServices,
    handle: state.handles,
    token: state.tokens,
  };
  return own(holders[type] ?? {}, id) !== undefined;
}

/** Even a public route is closed to a token whose caveat does not name it. */
function checkApiCaveats({ actor }: Visit, operation: Operation): void {
  if (actor.kind === 'anonymous') return;
  for (const caveat of actor.caveats) {
    const known = readCaveat(caveat);
    if (known?.type !== 'api') continue;
    if (!known.whitelist.some((entry) => allows(entry, operation))) {
      throw new ZoneError(authenticationFailed(tokenCaveatUnverified(caveat, explained(known))));
    }
  }
}
