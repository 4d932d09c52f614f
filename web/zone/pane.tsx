import { useState } from 'preact/hooks';
import { Tabs } from '../parts/tabs.js';
import type { Live } from '../state/live.js';
import { Audit } from './audit.js';
import { Requests } from './requests.js';
import { Services } from './services.js';
import { FaultPanel } from './fault-panel.js';

/** The right side: fault switches, handle services, audit and requests. */
export function ZonePane({ live }: { readonly live: Live }) {
  const [tab, setTab] = useState<'audit' | 'requests'>('audit');
  const tabs = [
    { key: 'audit', text: 'Audit' },
    { key: 'requests', text: 'Requests to Onezone' },
  ] as const;
  return (
    <section class="zone" aria-label="Onezone and the record">
      <FaultPanel faults={live.faults} />
      <Services zone={live.zone} />
      <div class="panel record">
        <Tabs label="Records" name="record" tabs={tabs} current={tab} onGo={setTab} />
        <div
          class="panel-body"
          role="tabpanel"
          id="record-panel"
          aria-labelledby={`record-${tab}`}
          tabIndex={0}
        >
          {tab === 'audit' ? <Audit audit={live.audit} /> : <Requests calls={live.calls} />}
        </div>
      </div>
    </section>
  );
}
