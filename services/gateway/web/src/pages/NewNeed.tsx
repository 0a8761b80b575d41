// « Déclarer un besoin »: a company says whom it looks for; the prescribers of the place are told at once.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestOf } from '../client.ts';
import { Field } from '../components/Field.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { territory } from '../departments.ts';
import { hours } from '../format.ts';
import { useContractNames } from '../contracts.ts';
import { useCommand, useDesk, useFormWords, usePages } from '../hooks.ts';
import { modality } from '../labels.ts';
import { ownObligations } from '../lists.ts';
import type { FormWords } from '../description.ts';
import type { Pages } from '../hooks.ts';
import type { Obligation } from '../types.ts';

const LIMIT = 100;
const MODALITIES = ['DIRECT_HIRE', 'STAFF_PROVIDED', 'SUBCONTRACTING'];
const EMPTY = { title: '', romeCode: '', positions: '1', startsOn: '', commune: '', modality: MODALITIES[0]! };

function useChoices(): { choices: [string, string][]; pages: Pages<Obligation> } {
  const { session } = useDesk();
  const pages = usePages(ownObligations(session), LIMIT);
  const names = useContractNames(pages.items.map((o) => o.contractId ?? ''));
  const choices = pages.items.map((o): [string, string] => [
    o.obligationId,
    `${names.get(o.contractId ?? '') ?? 'Contrat'}, lot ${o.lot ?? 1} (${hours(o.remaining)} restantes)`,
  ]);
  return { choices, pages };
}

function NeedForm({ choices, words }: { choices: [string, string][]; words: FormWords }): JSX.Element {
  const [form, setForm] = useState({ ...EMPTY, obligationId: choices[0]![0] });
  const [said, setSaid] = useState('');
  const element = useRef<HTMLFormElement>(null);
  const command = useCommand('contracts/DeclareNeed');
  const wrong = Object.keys(form).find((name) => name === command.error?.field);
  useEffect(() => {
    if (wrong) element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [command.error]);
  const field = (name: keyof typeof form) => ({
    label: words[name]?.label ?? name,
    help: words[name]?.help,
    maxLength: words[name]?.maxLength,
    value: form[name],
    problem: wrong === name ? command.error?.message : undefined,
    onChange: (value: string) => setForm({ ...form, [name]: value }),
  });
  const send = async (event: Event) => {
    event.preventDefault();
    setSaid('');
    const { startsOn, positions, ...rest } = form;
    const request = {
      ...rest,
      romeCode: form.romeCode.trim().toUpperCase(),
      commune: form.commune.trim().toUpperCase(),
      positions: Number(positions) || 0,
      ...(startsOn && { startsOn }),
    } as RequestOf<'contracts/DeclareNeed'>; // what is missing the daemon says, beside its field
    const reply = await command.send(request);
    if (!reply) return;
    setSaid(`Besoin déclaré : les prescripteurs abonnés de ${territory(reply.territory)} sont prévenus.`);
    setForm({ ...EMPTY, obligationId: form.obligationId });
  };
  return (
    <form ref={element} onSubmit={(e) => void send(e)} noValidate>
      {command.error && !wrong && <ErrorBox error={command.error} />}
      <div class="fields">
        <Field options={choices} {...field('obligationId')} />
        <Field {...field('title')} />
        <Field {...field('romeCode')} />
        <Field kind="number" {...field('positions')} />
        <Field kind="date" {...field('startsOn')} />
        <Field {...field('commune')} />
        <Field options={MODALITIES.map((m) => [m, modality(m)])} {...field('modality')} help={undefined} />
      </div>
      <div class="form-end">
        <button type="submit" class="btn btn-primary" disabled={command.busy}>
          {command.busy ? 'Envoi…' : 'Déclarer le besoin'}
        </button>
        <p role="status" class="said">
          {said}
        </p>
      </div>
    </form>
  );
}

export function NewNeed(): JSX.Element {
  const { choices, pages } = useChoices();
  const words = useFormWords('contracts/DeclareNeed');
  return (
    <>
      <PageHead
        title="Déclarer un besoin"
        lead="Dites qui vous cherchez : les prescripteurs du territoire sont prévenus aussitôt."
      />
      <Panel title="Le poste">
        <Wait
          state={pages}
          has={choices.length > 0}
          empty="Votre entreprise n’a pas d’obligation suivie ici : un besoin se déclare pour l’une d’elles."
        >
          {words.error && <ErrorBox error={words.error} />}
          {choices.length > 0 && words.data && <NeedForm choices={choices} words={words.data} />}
        </Wait>
      </Panel>
    </>
  );
}
