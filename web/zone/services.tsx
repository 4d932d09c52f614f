import type { ShownMember, ShownService, ShownZone } from '../../src/sandbox/page/shown.js';
import { useChanged, useSettled } from './use-changed.js';

/** The handle services of the zone and their members. */
export function Services({ zone }: { readonly zone: ShownZone }) {
  const settled = useSettled();
  return (
    <section class="panel services" aria-labelledby="services-title">
      <header class="panel-head">
        <h2 id="services-title">Handle services in {zone.name}</h2>
        <small>Onezone {zone.version}</small>
      </header>
      <div class="panel-body" tabIndex={0} role="region" aria-label="Handle services">
        {zone.services.length === 0 && (
          <p class="empty">None is registered yet. An administrator can: /handle-register</p>
        )}
        {zone.services.map((service) => (
          <Service key={service.id} service={service} isNew={settled} />
        ))}
      </div>
    </section>
  );
}

function Service(given: { readonly service: ShownService; readonly isNew: boolean }) {
  const { service, isNew } = given;
  const { name, type, prefix, proxyEndpoint, properties, members, id } = service;
  const changed = useChanged({ name, type, prefix, proxyEndpoint, properties }, isNew);
  const settled = useSettled();
  return (
    <article class={changed ? 'service changed' : 'service'}>
      <h3>
        <span class="badge type">{type}</span> {name}
        <code class="prefix">{prefix}</code>
      </h3>
      <p class="service-proxy">
        proxy <code>{proxyEndpoint}</code>
      </p>
      <details>
        <summary>What is registered</summary>
        <dl>
          <dt>id</dt>
          <dd>
            <code>{id}</code>
          </dd>
          {properties.map((property) => (
            <Property key={property.key} name={property.key} value={property.value} />
          ))}
        </dl>
      </details>
      {members.length === 0 ? (
        <p class="empty small">No members.</p>
      ) : (
        <ul class="members" aria-label={`Members of ${name}`}>
          {members.map((member) => (
            <Member key={member.id} member={member} isNew={settled} />
          ))}
        </ul>
      )}
    </article>
  );
}

const Property = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>
      {value === '•••' ? (
        <span class="secret">
          •••<span class="hidden-words"> hidden</span>
        </span>
      ) : (
        <code>{value}</code>
      )}
    </dd>
  </>
);

function Member({ member, isNew }: { readonly member: ShownMember; readonly isNew: boolean }) {
  const changed = useChanged(member, isNew);
  return (
    <li class={changed ? 'member changed' : 'member'}>
      <span class="member-name">
        {member.name}
        {member.kind === 'group' && <small> (group)</small>}
      </span>
      <span class="member-lasts">{lastsWords(member)}</span>
      <span class="privileges">
        {member.privileges.map((privilege) => (
          <span key={privilege} class="chip">
            {privilege.replace(/^handle_service_/, '').replaceAll('_', ' ')}
          </span>
        ))}
      </span>
    </li>
  );
}

function lastsWords({ lasts }: ShownMember): string {
  if (lasts === null) return 'not through this desk';
  if (lasts.kind === 'permanently') return 'permanently';
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  return `until ${new Date(lasts.at).toLocaleDateString(undefined, day)}`;
}
