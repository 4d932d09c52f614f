import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grant } from '../../src/changes/grant/index.js';
import { register } from '../../src/changes/register/index.js';
import { effectOf } from '../../src/requests/effect.js';
import type { Request, Subject } from '../../src/requests/request.js';
import {
  after,
  aGrant,
  aGrantAsk,
  aRegisterAsk,
  aRegistration,
  aSubject,
  NOW,
} from '../builders.js';
import { approvedBy } from './situation.js';

const effectOfGrant = (request: Request): string => effectOf(grant.effect(request));
const effectOfRegistration = (request: Request): string => effectOf(register.effect(request));
const ida = { onezone: 'onezone-ida', name: 'Ida', username: null, by: 'linked' as const };

describe('a fingerprint', () => {
  it('is short, and the same for the same facts', () => {
    expect(effectOf(['a', null])).toMatch(/^[0-9a-f]{12}$/);
    expect(effectOf(['a', null])).toBe(effectOf(['a', null]));
  });

  it('is another one for other facts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(effectOf(one) === effectOf(other)).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the effect of a grant', () => {
  it.each<[string, Request]>([
    ['another service', aGrant({ service: { id: 'other', name: 'DataCite' } })],
    ['another name of the service', aGrant({ service: { id: 'service-datacite', name: 'new' } })],
    ['another level', aGrant({ ask: aGrantAsk({ level: 'own' }) })],
    ['another end', aGrant({ ask: aGrantAsk({ until: 'permanent' }) })],
    ['another person', aGrant({ subjects: [aSubject({ slack: 'U0OTHER' })] })],
    ['one more person', aGrant({ subjects: [aSubject(), aSubject({ slack: 'U0OTHER' })] })],
    ['another Onezone user', aGrant({ subjects: [aSubject({ identity: ida })] })],
    ['an unknown Onezone user', aGrant({ subjects: [aSubject({ identity: null })] })],
    ['other privileges before', aGrant({ subjects: [aSubject({ before: ['view'] })] })],
    ['a membership without privileges before', aGrant({ subjects: [aSubject({ before: [] })] })],
    ['nothing read before', aGrant({ subjects: [unread()] })],
  ])('changes with %s', (_what, other) => {
    expect(effectOfGrant(other)).not.toBe(effectOfGrant(aGrant()));
  });

  it.each<[string, Request]>([
    ['a decision', aGrant(approvedBy('U0ADA'))],
    ['messages', aGrant({ surfaces: [{ message: 'approval', to: 'C0DESK' }] })],
    ['times and versions', aGrant({ askedAt: after(9), lapsesAt: null, version: 7 })],
    ['its beginning', aGrant({ status: 'carrying out', startedAt: NOW, body: { end: after(1) } })],
    ['a support id', aGrant({ trouble: { why: 'x', next: 'y', supportId: 'z' } })],
  ])('does not change with %s', (_what, other) => {
    expect(effectOfGrant(other)).toBe(effectOfGrant(aGrant()));
  });

  it('never mixes up two lists of people', () => {
    const before = fc.oneof(
      fc.constant(null),
      fc.constant(undefined),
      fc.array(fc.constantFrom('v', 'w', 'unread')),
    );
    const subject = fc
      .record({ slack: fc.constantFrom('U0A', 'U0B'), before })
      .map((person) =>
        person.before === undefined
          ? unread(person.slack)
          : aSubject({ slack: person.slack, before: person.before }),
      );
    const subjects = fc.array(subject, { maxLength: 3 });
    fc.assert(
      fc.property(subjects, subjects, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        const effects = [one, other].map((people) => effectOfGrant(aGrant({ subjects: people })));
        expect(effects[0] === effects[1]).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the effect of a registration', () => {
  it('changes with anything that is asked', () => {
    const asks = [
      {},
      { name: 'Another' },
      { registrar: 'PID' as const },
      { proxyEndpoint: 'https://x' },
      { account: 'x' },
      { properties: { prefix: '10.1', allowTemplateOverride: false } },
    ];
    const effects = asks.map((said) =>
      effectOfRegistration(aRegistration({ ask: aRegisterAsk(said) })),
    );
    expect(new Set(effects).size).toBe(effects.length);
  });

  it('does not change with what is noted on the way', () => {
    const body = { servicesBefore: ['a'], attempts: 1 };
    expect(effectOfRegistration(aRegistration({ status: 'approved', body }))).toBe(
      effectOfRegistration(aRegistration()),
    );
  });
});

function unread(slack = 'U0LENA'): Subject {
  const { identity, outcome } = aSubject();
  return { slack, identity, outcome };
}
