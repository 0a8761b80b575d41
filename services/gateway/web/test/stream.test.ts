// The event stream: cut anywhere, resumed behind the last whole event, refused for good or for now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamReader, boxesOf, parseEvents } from '../src/stream/reader.ts';
import type { StreamEvent, StreamState } from '../src/stream/reader.ts';
import { News } from '../src/stream/news.ts';

const TEXT =
  'retry: 2000\nid: 4\nevent: open\ndata: {"position":"4"}\n\n:\nid: 5\n\n' +
  'id: 7\nevent: notices\ndata: {"notices":[{"box":"BOX_OWN"},{"box":"BOX_OWN"}]}\n\n';

test('a stream is the same events wherever it is cut', () => {
  const whole = parseEvents(TEXT);
  assert.deepEqual(whole.events.map((e) => e.name), ['open', 'notices']);
  assert.equal(whole.id, '7');
  assert.equal(whole.rest, '');
  for (let cut = 0; cut <= TEXT.length; cut++) {
    const before = parseEvents(TEXT.slice(0, cut));
    const after = parseEvents(before.rest + TEXT.slice(cut));
    assert.deepEqual([...before.events, ...after.events], whole.events, `cut at ${cut}`);
    assert.equal(after.id || before.id, '7');
  }
});

test('which boxes an event speaks of', () => {
  const [open, notices] = parseEvents(TEXT).events as [StreamEvent, StreamEvent];
  assert.equal(boxesOf(open), null);
  assert.deepEqual(boxesOf(notices), ['BOX_OWN']);
  assert.deepEqual(boxesOf({ name: 'end', data: '{}' }), []);
  assert.equal(boxesOf({ name: 'reset', data: '{}' }), null);
});

// Answers one after another; then it stops.
function readerOf(answers: (Response | Error)[]) {
  const asked: (string | null)[] = [];
  const states: StreamState[] = [];
  const heard: string[] = [];
  const reader: StreamReader = new StreamReader(
    'jeton',
    { heard: (e) => heard.push(e.name), changed: (s) => states.push(s) },
    async (_url, init) => {
      asked.push(new Headers(init.headers).get('Last-Event-ID'));
      const answer = answers.shift();
      if (!answer) {
        reader.stop();
        throw new Error('no more');
      }
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async () => undefined,
  );
  return { reader, asked, states, heard };
}

test('it comes again behind the last event that came whole', async () => {
  const { reader, asked, states, heard } = readerOf([
    new Response(TEXT + 'id: 9\nevent: notices\ndata: {"no'),
    new Error('nobody'),
    new Response('', { status: 503 }),
    new Response(''),
  ]);
  await reader.run();
  assert.deepEqual(asked, [null, '7', '7', '7', '7']);
  assert.deepEqual(heard, ['open', 'notices']);
  assert.equal(states[0], 'live');
  assert.ok(!states.includes('refused'));
});

test('a refusal that stays ends it', async () => {
  for (const status of [401, 403, 404]) {
    const { reader, asked, states } = readerOf([new Response('{}', { status })]);
    await reader.run();
    assert.equal(asked.length, 1);
    assert.deepEqual(states, ['refused']);
  }
});

test('news of one box are none of another', () => {
  const news = new News();
  let told = 0;
  const leave = news.listen(() => told++);
  news.take({ state: 'live' });
  assert.equal(news.live, true);
  news.take({ boxes: ['BOX_OWN'] });
  assert.deepEqual([news.turnOf('BOX_OWN'), news.turnOf('BOX_INBOX')], [1, 0]);
  news.take({ boxes: null });
  assert.deepEqual([news.turnOf('BOX_OWN'), news.turnOf('BOX_INBOX')], [2, 1]);
  news.take({ state: 'opening' });
  assert.equal(news.live, false);
  leave();
  news.take({ boxes: null });
  assert.equal(told, 4);
});
