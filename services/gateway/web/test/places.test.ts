// Every command has its place: for each role that may give it a way from the menu of that role, and a form that has a
// control for each of its fields; or it is in ELSEWHERE, with its reason. What has none fails here, by name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { BEGINS_ON_PAGES, ELSEWHERE, LISTS, ON_PAGES, THINGS, UNTYPED, actsOf, asAct } from '../src/desk/places.ts';
import { waysTo } from '../src/desk/reach.ts';
import { sharedShapes, unshared } from '../src/desk/together.ts';
import { unreached } from '../src/form/given.ts';
import { shapesOf } from '../src/form/shape.ts';
import { kindsOf } from '../src/kinds.ts';
import { operationsOf } from '../src/reference.ts';
import type { OpenApi } from '../src/reference.ts';
import { pagesOf } from '../src/roles.ts';
import type { Role } from '../src/types.ts';
import { toDo } from '../src/words.ts';

const all = JSON.parse(readFileSync(process.env.GUICHET_OPENAPI ?? '../../../build/openapi.json', 'utf8')) as OpenApi;
const told = Object.entries(all.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, o]) => ({ path, verb, ...(o as typeof o & { 'x-guichet-roles'?: string[] }) })),
);
const commands = told.filter((o) => o.verb === 'post' && o['x-guichet-roles']);
const people = (roles: string[] = []): Role[] => roles.filter((r) => r !== 'SERVICE') as Role[];
const requests = new Map(
  operationsOf(all)
    .filter((o) => o.verb === 'POST')
    .map((o) => [o.name, o.request]),
);
const given = new Set([
  ...Object.values(THINGS)
    .flatMap((t) => [t.acts, t.begins ?? {}, { rows: Object.values(t.rows ?? {}).flat() }].flatMap((a) => actsOf(a)))
    .map((a) => a.method),
  ...Object.values(BEGINS_ON_PAGES)
    .flatMap((a) => actsOf(a))
    .map((a) => a.method),
]);

// What the page of imports gives it gives to the roles of a kind of list.
function isImported(role: Role, method: string): boolean {
  if (!ON_PAGES.importer!.includes(method)) return true;
  const name = method.replace('.', '/');
  return kindsOf(role).some((k) => k.preview === name || k.record === name || k.undo === name);
}

test('every command of every role has a way from its menu, or says who else gives it', () => {
  const without = commands.flatMap((o) => {
    if (ELSEWHERE[o.operationId]) return [];
    const roles = people(o['x-guichet-roles']);
    if (roles.length === 0) return [`${o.operationId}: nobody but a daemon may, and ELSEWHERE does not say which`];
    return roles
      .filter(
        (role) =>
          waysTo(
            role,
            o.operationId,
            pagesOf(role).map((v) => v.path),
          ).length === 0 || !isImported(role, o.operationId),
      )
      .map((role) => `${o.operationId}: ${role} has no way to it`);
  });
  assert.deepEqual(without, []);
  for (const o of commands) {
    const [role] = people(o['x-guichet-roles']);
    const way =
      role &&
      waysTo(
        role,
        o.operationId,
        pagesOf(role).map((v) => v.path),
      )[0];
    console.log(`# ${o.operationId.padEnd(34)} ${ELSEWHERE[o.operationId] ?? `${way?.href} ${way?.where}`}`);
  }
  console.log(`# ${commands.length} commands, ${Object.keys(ELSEWHERE).length} of them given by others`);
});

// What the place of a form fills in: the ids of its things and lines, and what it gives beside them.
// Nothing where it is also given beside a list.
function namesFor(method: string): string[] {
  const begins = [...Object.values(THINGS).map((t) => t.begins ?? {}), ...Object.values(BEGINS_ON_PAGES)].flatMap((a) =>
    actsOf(a),
  );
  if (begins.some((a) => a.method === method)) return [];
  return Object.values(THINGS).flatMap((t) => {
    const rows = Object.entries(t.rows ?? {}).filter(([, acts]) => acts.some((a) => asAct(a).method === method));
    const own = actsOf(t.acts).some((a) => a.method === method);
    return own || rows.length ? [...t.id, ...Object.keys(t.given ?? {}), ...rows.map(([name]) => name)] : [];
  });
}

test('every field of every form has its control', () => {
  const raw = [...given].flatMap((method) => {
    const request = requests.get(method.replace('.', '/')) ?? '';
    assert.ok(request || method === 'tracking.AttachDocument', `${method} is no command any more`);
    return unreached(shapesOf(all, request), namesFor(method), method);
  });
  assert.deepEqual(
    raw.filter((field) => !UNTYPED[field]),
    [],
  );
  assert.deepEqual(
    Object.keys(UNTYPED).filter((field) => !raw.includes(field)),
    [],
    'reasons for fields that are typed',
  );
});

test('what is done to several lines asks what is common to them, and is done to one of them too', () => {
  for (const [name, { together = [], acts, id }] of Object.entries(THINGS))
    for (const act of together) {
      const shapes = shapesOf(all, requests.get(act.method.replace('.', '/')) ?? '');
      assert.ok(actsOf(acts).some((a) => a.method === act.method), `${name} has no ${act.method}`);
      assert.deepEqual(unshared(sharedShapes(shapes, id, act)), [], act.method);
      assert.deepEqual(
        (act.line ?? []).filter((field) => !shapes.some((s) => s.name === field)),
        [],
        act.method,
      );
    }
});

test('the tables name what is there', () => {
  const known = new Set(told.map((o) => o.operationId));
  const pages = Object.values(ON_PAGES).flat();
  const named = [
    ...given,
    ...pages,
    ...Object.keys(ELSEWHERE),
    ...Object.values(LISTS).map((l) => l.method.replace('/', '.')),
  ];
  assert.deepEqual(
    named.filter((name) => !known.has(name)),
    [],
  );
  for (const [name, list] of Object.entries(LISTS)) {
    assert.ok(list.opens in THINGS, `${name} opens ${list.opens}`);
    const reply = operationsOf(all).find((o) => o.name === list.method)!.reply;
    const line = shapesOf(all, reply).find((s) => s.name === list.items);
    assert.ok(line, `${list.method} has no ${list.items}`);
    const paths = line.fields.flatMap((f) => [f.name, ...f.fields.map((g) => `${f.name}.${g.name}`)]);
    assert.deepEqual(
      (list.columns ?? []).filter((c) => !paths.includes(c)),
      [],
      `columns of ${name}`,
    );
  }
});

test('what a command does is said as what to do', () => {
  assert.equal(toDo('Note la signature d’une convention'), 'Noter la signature d’une convention');
  assert.equal(toDo('Retient ou écarte une ligne'), 'Retenir ou écarter une ligne');
  const said = commands
    .filter((o) => people(o['x-guichet-roles']).length)
    .map((o): [string, string] => [o.summary, toDo(o.summary)]);
  assert.deepEqual(
    said.filter(([, words]) => !/^\S+(er|ir|re|oir)$/.test(words.split(' ')[0]!)).map(([title]) => title),
    [],
  );
});
