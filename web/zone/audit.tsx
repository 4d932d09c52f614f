import { useState } from 'preact/hooks';
import type { ShownAudit, ShownLine } from '../../src/sandbox/page/shown.js';
import { useScene, userName } from '../state/scene.js';
import { checkChain } from '../state/api.js';
import { useChanged, useSettled } from './use-changed.js';

/** The bot's audit, newest first, with the hash chain. */
export function Audit({ audit }: { readonly audit: ShownAudit }) {
  const settled = useSettled();
  const { check, lines, total } = audit;
  const [busy, setBusy] = useState(false);
  const follow = async (): Promise<void> => {
    setBusy(true);
    await checkChain();
    setBusy(false);
  };
  return (
    <>
      <div class="chain">
        <button type="button" class="button" disabled={busy} onClick={() => void follow()}>
          Check the chain
        </button>
        <span role="status">{checkWords(check, total)}</span>
      </div>
      {lines.length === 0 && <p class="empty">Nothing is on record yet.</p>}
      <ol class="lines" reversed>
        {lines.map((line) => (
          <Line key={line.seq} line={line} isNew={settled} />
        ))}
      </ol>
    </>
  );
}

function checkWords(check: ShownAudit['check'], total: number): string {
  if (check === null) return `${total} lines, each tied to the one before by its hash.`;
  return check.brokenAt === null
    ? `✓ ${check.lines} lines follow one another unchanged.`
    : `✗ The chain is broken at line ${check.brokenAt}.`;
}

function Line({ line, isNew }: { readonly line: ShownLine; readonly isNew: boolean }) {
  const { directory } = useScene();
  const changed = useChanged(line.seq, isNew);
  const at = new Date(line.at);
  const who = line.who === 'bot' ? directory.bot.name : userName(directory, line.who);
  return (
    <li class={changed ? 'line changed' : 'line'} value={line.seq}>
      <details>
        <summary>
          <span class="line-seq">{line.seq}</span>
          <span class={`line-what what-${line.what.replaceAll(' ', '-')}`}>{line.what}</span>
          <span class="line-says">
            <strong>{who}</strong> {line.says}
          </span>
          <code class="line-hash">{line.hash.slice(0, 8)}</code>
        </summary>
        <dl>
          <dt>when</dt>
          <dd>
            <time dateTime={line.at}>{at.toLocaleString()}</time>
          </dd>
          <dt>hash</dt>
          <dd>
            <code>{line.hash}</code>
          </dd>
          <dt>of the line before</dt>
          <dd>
            <code>{line.previous}</code>
          </dd>
          <dt>facts</dt>
          <dd>
            <pre>{line.detail}</pre>
          </dd>
        </dl>
      </details>
    </li>
  );
}
