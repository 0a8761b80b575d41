// The form that makes a link: for what, of whom, for how long, by mail or shown once. From the page of a thing its
// number, its territory and who could answer are known; else whoever makes it types them.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from '../components/Field.tsx';
import { GivenLink } from '../components/GivenLink.tsx';
import type { Given } from '../components/GivenLink.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel, Wait } from '../components/Panel.tsx';
import { describe, formWords } from '../description.ts';
import type { FormWords } from '../description.ts';
import { territory as territoryName } from '../departments.ts';
import { month as monthName } from '../format.ts';
import { useCommand, useDesk, useLoaded, useQuery } from '../hooks.ts';
import { role as roleName } from '../labels.ts';
import { fieldOf, findThing, fitting, knowsThing, ownTerritories, sentence, wordsOf } from '../links.ts';
import type { Holder, Thing } from '../links.ts';
import { recentMonths } from '../months.ts';
import type { LinkPurpose, Role } from '../types.ts';

const MONTHS = 12;
const DAYS = '30';

interface Typed {
  purpose: string;
  holder: string; // "ROLE ID" of the thing's holders
  siret: string; // of who is not among them
  role: string;
  objectId: string;
  territory: string;
  month: string;
  days: string;
  byMail: boolean;
}

interface FormProps {
  field: string;
  id: string;
  thing: Thing | null;
  purposes: LinkPurpose[];
  purposeWords: (value: string | undefined) => string;
  words: FormWords;
}

const keyOf = (h: Holder): string => `${h.role} ${h.id}`;

function holdersOf(thing: Thing | null, purpose: LinkPurpose | undefined): Holder[] {
  const roles = purpose?.roles ?? [];
  return (thing?.holders ?? []).filter((h) => roles.includes(h.role));
}

// Whom the directory knows by that SIRET.
function useOrganisation(siret: string): { id: string; name: string } | null {
  const digits = siret.replace(/\s/g, '');
  const { api } = useDesk();
  const found = useLoaded(`organisation ${digits}`, async (signal) =>
    digits.length === 14 ? ((await api.query('directory/Organisations', { siret: digits }, signal)).reply.organisations ?? []) : [],
  );
  const first = found.data?.[0];
  return first?.organisationId ? { id: first.organisationId, name: first.organisation?.name ?? '' } : null;
}

// To which addresses a mail would go.
function useAddresses(organisationId: string): string[] {
  const { api } = useDesk();
  const found = useLoaded(`addresses ${organisationId}`, async (signal) =>
    organisationId ? ((await api.query('notifications/Subscriptions', { organisationId }, signal)).reply.subscriptions ?? []) : [],
  );
  return [...new Set((found.data ?? []).map((s) => s.email ?? '').filter(Boolean))];
}

function Ways({ addresses, byMail, onChange }: { addresses: string[]; byMail: boolean; onChange: (byMail: boolean) => void }): JSX.Element {
  return (
    <fieldset class="field ways">
      <legend class="form-label">Comment le lien lui parvient</legend>
      <label class="check">
        <input type="radio" name="way" checked={byMail} disabled={addresses.length === 0} onChange={() => onChange(true)} /> Par
        courriel{addresses.length > 0 ? ` à ${addresses.join(', ')}` : ''}
      </label>
      <label class="check">
        <input type="radio" name="way" checked={!byMail} onChange={() => onChange(false)} /> Montré ici une fois : vous le
        remettez vous-même
      </label>
      {addresses.length === 0 && (
        <p class="form-text mb-0">
          Cette organisation n’a pas d’adresse confirmée : abonnez-la d’abord pour lui écrire.
        </p>
      )}
    </fieldset>
  );
}

function useTyped({ thing, purposes, id }: FormProps, territories: string[]): [Typed, (part: Partial<Typed>) => void] {
  const first = purposes[0];
  const [typed, setTyped] = useState<Typed>({
    purpose: first?.purpose ?? '',
    holder: holdersOf(thing, first).map(keyOf)[0] ?? '',
    siret: '',
    role: first?.roles?.[0] ?? '',
    objectId: id,
    territory: territories[0] ?? '',
    month: recentMonths(MONTHS)[1]!,
    days: DAYS,
    byMail: false,
  });
  return [typed, (part) => setTyped((old) => ({ ...old, ...part }))];
}

function Form(props: FormProps): JSX.Element {
  const { thing, purposes, purposeWords, words, id } = props;
  const { session } = useDesk();
  const territories = thing ? ownTerritories(session, thing.territories) : (session.territories ?? []).filter((t) => t !== '*');
  const [typed, set] = useTyped(props, territories);
  const [given, setGiven] = useState<Given | null>(null);
  const done = useRef<HTMLDivElement>(null);
  const command = useCommand('accounts/MakeLink');
  const purpose = purposes.find((p) => p.purpose === typed.purpose);
  const holders = holdersOf(thing, purpose);
  const found = useOrganisation(typed.siret);
  const holder = holders.find((h) => keyOf(h) === typed.holder);
  const whom = holder ?? (found ? { ...found, role: typed.role as Role } : undefined);
  const addresses = useAddresses(whom?.id ?? '');
  const known = addresses.length > 0;
  useEffect(() => set({ byMail: known }), [known, whom?.id]);
  const problem = (name: string) => (command.error?.field === name ? command.error.message : undefined);
  const choose = (value: string) => {
    const next = purposes.find((p) => p.purpose === value);
    set({ purpose: value, role: next?.roles?.[0] ?? '', holder: holdersOf(thing, next).map(keyOf)[0] ?? '' });
  };
  const send = async (event: Event) => {
    event.preventDefault();
    const reply = await command.send({
      purpose: typed.purpose as never,
      role: (whom?.role ?? typed.role) as never,
      organisationId: whom?.id ?? '',
      objectId: typed.objectId,
      territory: typed.territory,
      month: purpose?.ofMonth ? typed.month : undefined,
      days: Number(typed.days) || undefined,
      byMail: typed.byMail,
    });
    if (!reply) return;
    setGiven({ what: purposeWords(typed.purpose), whom: whom?.name ?? '', ends: reply.ends ?? '', token: reply.token ?? '' });
    done.current?.focus();
  };
  const label = (name: string, otherwise: string) => words[name]?.label ?? otherwise;
  return (
    <form class="access-form" onSubmit={(e) => void send(e)} noValidate>
      <div ref={done} tabIndex={-1} role="status" class="focus-stop">
        {given && <GivenLink given={given} />}
      </div>
      {command.error && <ErrorBox error={command.error} />}
      <Field
        label={label('purpose', 'Pour quoi')}
        value={typed.purpose}
        onChange={choose}
        problem={problem('purpose')}
        options={purposes.map((p): [string, string] => [p.purpose ?? '', sentence(purposeWords(p.purpose))])}
      />
      {!id && (
        <Field
          label={label('objectId', 'De quoi il s’agit')}
          help={words.objectId?.help}
          value={typed.objectId}
          onChange={(objectId) => set({ objectId })}
          problem={problem('objectId')}
        />
      )}
      {holders.length > 0 && (
        <Field
          label={label('organisationId', 'Pour quelle organisation')}
          value={typed.holder}
          onChange={(chosen) => set({ holder: chosen })}
          problem={problem('organisationId')}
          options={[
            ...holders.map((h): [string, string] => [keyOf(h), `${h.name} (${roleName(h.role)})`]),
            ['', 'Une autre, par son SIRET'],
          ]}
        />
      )}
      {!holder && (
        <>
          <Field
            label="SIRET de l’organisation"
            help={found ? `C’est ${found.name}.` : '14 chiffres ; elle doit être dans l’annuaire.'}
            value={typed.siret}
            onChange={(siret) => set({ siret })}
            problem={problem('organisationId')}
          />
          {(purpose?.roles?.length ?? 0) > 1 && (
            <Field
              label={label('role', 'Rôle')}
              value={typed.role}
              onChange={(role) => set({ role })}
              problem={problem('role')}
              options={(purpose?.roles ?? []).map((r): [string, string] => [r, roleName(r)])}
            />
          )}
        </>
      )}
      {purpose?.ofMonth && (
        <Field
          label={label('month', 'Mois')}
          value={typed.month}
          onChange={(month) => set({ month })}
          problem={problem('month')}
          options={recentMonths(MONTHS).map((m): [string, string] => [m, monthName(m)])}
        />
      )}
      {territories.length !== 1 && (
        <Field
          label={label('territory', 'Département')}
          value={typed.territory}
          onChange={(territory) => set({ territory })}
          problem={problem('territory')}
          {...(territories.length > 1 && { options: territories.map((t): [string, string] => [t, territoryName(t)]) })}
        />
      )}
      <Field
        label={label('days', 'Durée du lien, en jours')}
        kind="number"
        value={typed.days}
        onChange={(days) => set({ days })}
        problem={problem('days')}
      />
      <Ways addresses={addresses} byMail={typed.byMail} onChange={(byMail) => set({ byMail })} />
      <div class="form-end">
        <button type="submit" class="btn btn-primary" disabled={command.busy || !whom}>
          {command.busy ? 'Envoi…' : typed.byMail ? 'Envoyer ce lien' : 'Faire ce lien'}
        </button>
      </div>
    </form>
  );
}

function Frame({ lead, children }: { lead: string; children: ComponentChildren }): JSX.Element {
  return (
    <>
      <p class="back">
        <a href="#/liens">Tous les liens</a>
      </p>
      <PageHead title="Envoyer un lien" lead={lead} />
      {children}
    </>
  );
}

// `on`: the page of the thing, « parcours », ID.
export function NewLink({ on: [place, id = ''] }: { on: string[] }): JSX.Element {
  const field = id ? fieldOf(place) : '';
  const { api } = useDesk();
  const offered = useQuery('accounts/LinkPurposes', {});
  const described = useLoaded('words of a new link', () => describe(api, 'accounts', 'MakeLink'));
  const looked = useLoaded(`thing ${field} ${id}`, async (signal) =>
    knowsThing(field) ? await findThing(api, field, id, signal) : null,
  );
  const purposes = fitting(offered.data?.purposes ?? [], field);
  const state = {
    loading: offered.loading || described.loading || looked.loading,
    error: offered.error ?? described.error ?? looked.error,
  };
  const isReady = !state.loading && !state.error && purposes.length > 0;
  return (
    <Frame lead={looked.data?.title ?? 'Pour qui n’a pas de compte : une chose, une fois.'}>
      <Panel title="Le lien">
        <Wait state={state} has={isReady} empty="Aucun lien ne peut être fait d’ici.">
          {isReady && (
            <Form
              field={field}
              id={id}
              thing={looked.data}
              purposes={purposes}
              purposeWords={wordsOf(described.data, 'accounts.LinkPurpose')}
              words={formWords(described.data!, 'accounts.MakeLink')}
            />
          )}
        </Wait>
      </Panel>
    </Frame>
  );
}
