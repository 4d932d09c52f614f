import type { Button } from './parts.js';

/** What a half-filled form starts with; a picked service has its name with it. */
export type OpenValues = Readonly<
  Record<
    string,
    string | boolean | readonly string[] | { readonly value: string; readonly text: string }
  >
>;

/** Under this the click on a button that opens the form of a change arrives. */
export const openAction = (change: string): string => `open_${change}`;

export function openButton(
  change: string,
  words: Pick<Button, 'text' | 'says' | 'style'> & { readonly values: OpenValues },
): Button {
  const { values, ...shown } = words;
  return { ...shown, action: openAction(change), value: JSON.stringify(values) };
}

export const serviceValue = (
  service: {
    readonly id: string | null;
    readonly name: string;
  } | null,
): OpenValues =>
  service === null || service.id === null
    ? {}
    : { service: { value: service.id, text: service.name } };
