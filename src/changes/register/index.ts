import { refusals } from '../../errors.js';
import { readAccount } from '../../policy/accounts.js';
import { defineChange } from '../change.js';
import { RegisterAsk, RegisterBody } from './ask.js';
import { carryOutRegister } from './carry-out.js';
import { checkRegisterAsk, tidy } from './check.js';
import { registerForm } from './form.js';
import { registerWords } from './words.js';

/** Register a registrar account as a handle service. */
export const register = defineChange({
  name: 'register',
  action: 'register',
  door: {
    words: ['register'],
    usage: 'register [NAME]',
    summary: 'Register a handle service: a DOI or PID registrar account.',
    spoken: {
      plainly: ['register a', 'register the', 'register … service', 'register … account'],
      perhaps: ['register', 'set up', 'create'],
    },
    command: '/handle-register',
    shortcut: 'register_service',
    offers: {
      home: {
        text: 'Register a handle service',
        says: () => 'Register a new handle service in Onezone',
      },
    },
  },
  // Tidied here, so that what is stored and shown is what is sent.
  ask: RegisterAsk.transform(tidy),
  body: RegisterBody,
  reason: {
    hint: 'Whoever has to agree sees this.',
    placeholder: 'For which community or project?',
    optional: true,
  },
  form: registerForm,
  // A service whose id was lost is found again because no other of ours came meanwhile.
  lane: 'register',
  check: (_, ask) => Promise.resolve(checkRegisterAsk(ask)),
  propose: async (services, ask) => {
    mustBeFit(ask);
    // Read now, so that a missing credential is said to whoever asks and not to nobody a week later.
    await readAccount(services.policy.current(), ask.account, services.secrets);
    return {
      service: { id: null, name: ask.name },
      subjects: [],
      body: { servicesBefore: null, attempts: 0 },
    };
  },
  asked: ({ ask }) => ({ ...ask }),
  preview: async (services, request) => {
    // It may have been asked under an earlier version, which took more.
    mustBeFit(request.ask);
    // All there is to show is what was typed; Onezone need only be there.
    await services.onezone.connect();
    return request;
  },
  effect: ({ ask }) => [ask],
  carryOut: carryOutRegister,
  words: registerWords,
});

function mustBeFit(ask: RegisterAsk): void {
  const problems = checkRegisterAsk(ask);
  if (Object.keys(problems).length > 0) throw refusals.badForm(problems);
}
