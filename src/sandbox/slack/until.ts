import type { Workspace } from './workspace.js';

/** Milliseconds between two looks when nothing changes: what a bot does with an answer shows nowhere in the workspace. */
const patience = 20;

/** Waits for a condition, asking again after every change; rejects with `what` when the time is over. */
export function until(
  workspace: Workspace,
  condition: () => boolean,
  wait: { readonly what: string; readonly ms: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      clearInterval(ticker);
      off();
      settle();
    };
    const ask = () => {
      try {
        if (condition()) end(resolve);
      } catch (error) {
        end(() => {
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      }
    };
    const timer = setTimeout(() => {
      end(() => {
        reject(new Error(`${wait.what}: not within ${wait.ms} ms`));
      });
    }, wait.ms);
    const ticker = setInterval(ask, patience);
    const off = workspace.on(ask);
    ask();
  });
}
