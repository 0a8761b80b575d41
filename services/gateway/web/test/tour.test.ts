// The steps of the guided tour: ten for each role, on pages that it may open. That each points to something is shown in a
// browser (tests/web/specs/tour.mjs).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayAsk } from '../src/desk/methods.ts';
import { LISTS } from '../src/desk/places.ts';
import { pagesOf } from '../src/roles.ts';
import { TOUR } from '../src/tour/steps.fr.ts';
import type { Role } from '../src/types.ts';

const EVERYBODYS = ['tout', 'acces', 'interface'];

test('each role has ten steps, on pages of its own', () => {
  for (const [role, steps] of Object.entries(TOUR) as [Role, (typeof TOUR)[Role] & object][]) {
    assert.equal(steps.length, 10, role);
    for (const { at, to, text } of steps) {
      const list = LISTS[at ?? ''];
      const may = !at || EVERYBODYS.includes(at) || pagesOf(role).some((v) => v.path === at) || (list && mayAsk(role, list.method));
      assert.ok(may, `${role} may not open ${at}`);
      assert.ok(to && text.length < 240, `${role}: ${to}`);
    }
  }
});
