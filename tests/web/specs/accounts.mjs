// An account that the operator makes, and the consent that it awaits.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { textOf } from '../lib.mjs';

function key() {
  const hex = Date.now().toString(16).padStart(12, '0') + '7' + randomBytes(2).toString('hex').slice(1) + '8' + randomBytes(8).toString('hex').slice(1);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function create(world, name) {
  const { url, tokens } = world.region;
  const response = await fetch(`${url}/v1/accounts/CreateUser`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${tokens.operator}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key(),
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
    for (const role of ['operator', 'auditor', 'data_protection']) {
      const page = await world.signedIn(role, 'comptes');
      await page.getByRole('row', { name }).waitFor();
      assert.equal(await page.getByRole('button', { name: /Je consens/ }).count(), 0);
    }
  },
};
