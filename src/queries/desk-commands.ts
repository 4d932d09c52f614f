/** Typed after `/handle` like a query, but these change something: the listeners carry them out. Help lists them. */
export const deskCommands = [
  {
    word: 'withdraw',
    usage: 'withdraw R-…',
    summary: 'Take back a request that still waits.',
    needs: null,
  },
  {
    word: 'link',
    usage: 'link @person [NAME]',
    summary: 'Say which Onezone user a person is.',
    needs: 'link',
  },
  {
    word: 'unlink',
    usage: 'unlink @person',
    summary: 'Forget which Onezone user a person is.',
    needs: 'link',
  },
] as const;
