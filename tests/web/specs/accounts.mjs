// An account that the operator makes, and the consent that it awaits.
import assert from 'node:assert/strict';
import { uuid7 } from '../../../services/gateway/web/src/uuid.ts';
import { textOf } from '../lib.mjs';

async function create(world, name) {
  const { url, tokens } = world.region;
  const response = await fetch(`${url}/api/gateway/CreateUser`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${tokens.operator}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': uuid7(),
    },
    body: JSON.stringify({ name, role: 'FACILITATOR', territories: ['31'] }),
  });
  assert.equal(response.status, 200);
  assert.equal((await response.json()).reply.token, undefined, 'who makes the account is not shown its token');
}

export default {
  'a coordinator consents to an account, and is shown its token once': async (world) => {
    const name = `nouvelle.${Date.now().toString(36)}`;
    await create(world, name);
    const page = await world.signedIn('coordinator', 'comptes');
    const row = page.getByRole('row', { name });
    assert.ok((await textOf(row)).includes('Attend un consentement'));
    await page.getByRole('button', { name: `Je consens au compte ${name}` }).click();
    const given = page.locator('code.token');
    await given.waitFor();
    assert.match(await textOf(given), /^[\w-]{43}$/);
    await row.getByText('confirmé par').waitFor();
    await page.reload();
    await page.getByRole('row', { name }).waitFor();
    assert.equal(await page.locator('code.token').count(), 0, 'the token is not shown again');
  },

  'who makes accounts, and who audits, consents to none': async (world) => {
    const name = `autre.${Date.now().toString(36)}`;
    await create(world, name);
    for (const role of ['operator', 'auditor']) {
      const page = await world.signedIn(role, 'comptes');
      await page.getByRole('row', { name }).waitFor();
      assert.equal(await page.getByRole('button', { name: /Je consens/ }).count(), 0);
    }
  },
};
