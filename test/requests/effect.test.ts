import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectOf } from '../../src/requests/effect.js';
import type { Beneficiary, GrantRequest, Request } from '../../src/requests/request.js';
import { aBeneficiary, after, aGrant, aRegistration, NOW } from '../builders.js';
import { approvedBy } from './situation.js';

const grant = aGrant();
const registration = aRegistration();
const ida = { onezone: 'onezone-ida', name: 'Ida', username: null, by: 'linked' as const };

describe('effectOf', () => {
  it('is short, and the same for the same request', () => {
    expect(effectOf(grant)).toMatch(/^[0-9a-f]{12}$/);
    expect(effectOf(aGrant())).toBe(effectOf(grant));
    expect(effectOf(registration)).not.toBe(effectOf(grant));
  });

  it.each<[string, GrantRequest]>([
    ['another service', aGrant({ service: { id: 'other', name: 'DataCite' } })],
    ['another name of the service', aGrant({ service: { ...grant.service, name: 'renamed' } })],
    ['another level', aGrant({ ask: { ...grant.ask, level: 'own' } })],
    ['another end', aGrant({ ask: { ...grant.ask, until: 'permanent' } })],
    ['another person', aGrant({ people: [aBeneficiary({ slack: 'U0OTHER' })] })],
    ['one more person', aGrant({ people: [aBeneficiary(), aBeneficiary({ slack: 'U0OTHER' })] })],
    ['another Onezone user', aGrant({ people: [aBeneficiary({ identity: ida })] })],
    ['an unknown Onezone user', aGrant({ people: [aBeneficiary({ identity: null })] })],
    ['other privileges before', aGrant({ people: [aBeneficiary({ before: ['view'] })] })],
    ['a membership without privileges before', aGrant({ people: [aBeneficiary({ before: [] })] })],
    ['nothing read before', aGrant({ people: [unread()] })],
  ])('changes with %s', (_what, other) => {
    expect(effectOf(other)).not.toBe(effectOf(grant));
  });

  it.each<[string, Request, Request]>([
    ['a decision', grant, aGrant(approvedBy('U0ADA'))],
    ['messages', grant, aGrant({ surfaces: [{ what: 'approval', to: 'C0DESK' }] })],
    [
      'times and versions',
      grant,
      aGrant({ askedAt: after(9), lapsesAt: null, version: 7, startedAt: NOW }),
    ],
    ['a support id', grant, aGrant({ trouble: { why: 'x', next: 'y', supportId: 'z' } })],
    ['a status', registration, aRegistration({ status: 'approved', servicesBefore: ['a'] })],
  ])('does not change with %s', (_what, one, other) => {
    expect(effectOf(other)).toBe(effectOf(one));
  });

  it('changes with anything that is asked of a registration', () => {
    const { ask } = registration;
    const others = [
      { ...ask, name: 'x' },
      { ...ask, registrar: 'PID' as const },
      { ...ask, proxyEndpoint: 'https://x' },
      { ...ask, account: 'x' },
      { ...ask, properties: { ...ask.properties, prefix: '10.1' } },
    ];
    const effects = [ask, ...others].map((it) => effectOf(aRegistration({ ask: it })));
    expect(new Set(effects).size).toBe(effects.length);
  });

  it('never mixes up two lists of people', () => {
    const before = fc.oneof(
      fc.constant(null),
      fc.constant(undefined),
      fc.array(fc.constantFrom('v', 'w', 'unread')),
    );
    const people = fc.array(
      fc
        .record({ slack: fc.constantFrom('U0A', 'U0B'), before })
        .map((it) =>
          it.before === undefined
            ? unread(it.slack)
            : aBeneficiary({ slack: it.slack, before: it.before }),
        ),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(people, people, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(effectOf(aGrant({ people: one })) === effectOf(aGrant({ people: other }))).toBe(
          isSame,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

function unread(slack = 'U0LENA'): Beneficiary {
  const { identity, outcome } = aBeneficiary();
  return { slack, identity, outcome };
}
