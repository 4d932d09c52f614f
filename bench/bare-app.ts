import process from 'node:process';
import { App, HTTPReceiver } from '@slack/bolt';

/** What Bolt alone costs: the same token, the same receiver, one fixed answer and one fixed view. */
const receiver = new HTTPReceiver({ signingSecret: process.env['SLACK_SIGNING_SECRET'] ?? '' });
const app = new App({
  receiver,
  token: process.env['SLACK_BOT_TOKEN'] ?? '',
  clientOptions: { slackApiUrl: process.env['SLACK_API_URL'] ?? '' },
  convoStore: false,
});

app.command('/handle', async ({ ack }) => {
  await ack({ response_type: 'ephemeral', text: 'What you can do:\nnothing' });
});

app.command('/handle-grant', async ({ ack, client, body }) => {
  await ack();
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      title: { type: 'plain_text', text: 'Request access' },
      submit: { type: 'plain_text', text: 'Send' },
      blocks: [
        {
          type: 'input',
          block_id: 'why',
          label: { type: 'plain_text', text: 'Why' },
          element: { type: 'plain_text_input', action_id: 'text' },
        },
      ],
    },
  });
});

void app.start(Number(process.env['PORT'])).then(() => {
  process.stdout.write('{"msg":"ready"}\n');
});
