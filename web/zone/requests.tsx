import type { ShownCall } from '../../src/sandbox/page/shown.js';
import { useChanged, useSettled } from './use-changed.js';

/** Requests of the bot to Onezone, newest first. */
export function Requests({ calls }: { readonly calls: readonly ShownCall[] }) {
  const settled = useSettled();
  if (calls.length === 0) return <p class="empty">Onezone has not been asked anything yet.</p>;
  return (
    <table class="calls">
      <thead>
        <tr>
          <th scope="col">Answer</th>
          <th scope="col">Request</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <Call key={call.seq} call={call} isNew={settled} />
        ))}
      </tbody>
    </table>
  );
}

function Call({ call, isNew }: { readonly call: ShownCall; readonly isNew: boolean }) {
  const { method, path, status, ms, fault } = call;
  const changed = useChanged(call.seq, isNew);
  const good = typeof status === 'number' && status < 400;
  return (
    <tr class={changed ? 'changed' : ''}>
      <td>
        <span class={good ? 'status good' : 'status bad'}>{statusWords(status)}</span>
      </td>
      <td>
        <span class={`method method-${method.toLowerCase()}`}>{method}</span>{' '}
        <code>{path.replace(/^\/api\/v3(\/onezone)?/, '…')}</code>
        {fault !== null && <small> {fault}</small>}
      </td>
      <td>{ms} ms</td>
    </tr>
  );
}

function statusWords(status: ShownCall['status']): string {
  if (status === 'reset') return 'cut off';
  return status === 'hang' ? 'no answer' : String(status);
}
