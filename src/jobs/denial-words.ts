import { type OnezoneError } from '../onezone/errors.js';

/** Why Onezone said no, in words for a person. The error itself goes to the log. */
export function denialWords(
  error: OnezoneError,
  about: { readonly service: string; readonly person?: string },
): { readonly why: string; readonly next: string } {
  const person = about.person ?? 'That person';
  switch (error.errorId ?? '') {
    case 'badValueIdNotFound':
      return {
        why: `The Onezone user of ${person} no longer exists.`,
        next: `Renew the link with \`/handle link\` ${person}, then ask again.`,
      };
    case 'notFound':
      return {
        why: `The handle service “${about.service}” no longer exists in Onezone.`,
        next: 'Type `/handle services` to see those that do.',
      };
    case 'forbidden':
      return {
        why: 'The desk’s own Onezone account lacks a privilege for this.',
        next: 'An operator has to give it what `npx handle-desk doctor` says that it lacks; then ask again.',
      };
    case 'badValueName':
      return {
        why: 'Onezone refused the name.',
        next: 'Use letters, digits, brackets and underscores; dashes, dots and spaces only inside; then ask again.',
      };
    case 'badValueListNotAllowed':
      return {
        why: 'This Onezone does not know one of the privileges.',
        next: 'An operator should restart the desk, which reads the zone’s privileges anew.',
      };
    default:
      return {
        why:
          error.errorId === null
            ? `Onezone refused with an error that this version of the desk does not know (status ${error.status}).`
            : `Onezone refused with “${error.errorId}”.`,
        next: 'Give the support id to an operator.',
      };
  }
}
