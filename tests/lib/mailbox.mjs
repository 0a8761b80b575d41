// A mail server for the network under test: takes every mail and keeps it, so that a spec opens the link that somebody
// got. (What a real server makes of our mails is tested in tests/integration.)
import { createServer } from 'node:net';
import { once } from 'node:events';

// The text of a mail of ours: one base64 part.
function textOf(message) {
  const [, body = ''] = message.split(/\r\n\r\n([\s\S]*)/);
  return Buffer.from(body, 'base64').toString('utf8');
}

function take(socket, mails) {
  let rest = '', data = null, to = '';
  const say = (line) => socket.write(`${line}\r\n`);
  const hear = (line) => {
    if (data !== null && line !== '.') return data.push(line.replace(/^\./, ''));
    if (data !== null) {
      mails.push({ to, text: textOf(data.join('\r\n')) });
      data = null;
      return say('250 kept');
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') to = /<(.*)>/.exec(line)?.[1] ?? '';
    if (verb === 'DATA') data = [];
    say(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok');
    if (verb === 'QUIT') socket.end();
  };
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    const lines = (rest + bytes.toString('latin1')).split('\r\n');
    rest = lines.pop();
    lines.forEach(hear);
  });
  say('220 here');
}

export async function startMailbox() {
  const mails = [];
  const server = createServer((socket) => take(socket, mails)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The newest mail to that address with these words.
  const wait = async (address, words) => {
    for (let i = 0; i < 600; i++) {
      const found = mails.findLast(({ to, text }) => to === address && text.includes(words));
      if (found) return found.text;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no mail to ${address} says "${words}"`);
  };
  return { url: `smtp://127.0.0.1:${server.address().port}`, wait, mails, stop: () => server.close() };
}
