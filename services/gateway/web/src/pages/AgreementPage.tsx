// One convention: its term and what is to be decided, what each side promised, what may be asked for a year, its text.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Note } from '../contract/Note.tsx';
import { capital, useWord } from '../contract/words.ts';
import { territory } from '../departments.ts';
import { Acts } from '../desk/Acts.tsx';
import { THINGS } from '../desk/places.ts';
import { ABSENT, day, instant, money, share, siret, typographic } from '../format.ts';
import { addressOf, changeQuery, useAddress, useQuery } from '../hooks.ts';
import type { Agreement } from '../types.ts';

const set = (name: string, value: string) => changeQuery({ ...addressOf(location.hash).query, [name]: value });

function Term({ view: v }: { view: Agreement }): JSX.Element {
  const a: Partial<NonNullable<Agreement['agreement']>> = v.agreement ?? {};
  const word = useWord('contracts/AgreementById');
  return (
    <Panel title="Son terme" aside={<span class="tag">{capital(word('state', v.state))}</span>}>
      {v.warning && <p class="note-warn">{typographic(v.warning)}</p>}
      <Facts
        facts={[
          ['Signée le', day(v.signedOn, 'pas encore signée')],
          ['En vigueur du', day(a.startsOn)],
          ['Jusqu’au', day(v.termEndsOn ?? a.endsOn)],
          ['À décider avant le', day(v.decideBy, '–')],
          ['Reconduction', a.tacitRenewal ? `tacite, ${a.renewalMonths ?? 0} mois à la fois` : 'par accord exprès'],
          ['Préavis', a.noticeDays ? `${a.noticeDays} jours` : 'aucun'],
        ]}
      />
      {v.endedBecause && <p>{typographic(v.endedBecause)}</p>}
    </Panel>
  );
}

function Promises({ title, list }: { title: string; list: string[] | undefined }): JSX.Element {
  return (
    <div>
      <h3 class="text-title">{title}</h3>
      {(list ?? []).length === 0 && <p class="quiet">Rien n’est dit.</p>}
      <ul>
        {(list ?? []).map((text) => (
          <li key={text}>{typographic(text)}</li>
        ))}
      </ul>
    </div>
  );
}

function Mission({ view: v }: { view: Agreement }): JSX.Element {
  const a: Partial<NonNullable<Agreement['agreement']>> = v.agreement ?? {};
  const word = useWord('contracts/AgreementById');
  const rate = a.fee?.rate ? money(a.fee.rate) : a.fee?.share ? share(a.fee.share) : '';
  return (
    <Panel title="La mission">
      <p>{a.perimeter || ABSENT}</p>
      <Facts
        facts={[
          ['Acheteur', [a.buyerName, a.buyerRepresentedBy && `représenté par ${a.buyerRepresentedBy}`].filter(Boolean).join(', ')],
          ['SIRET de l’acheteur', siret(a.buyerSiret)],
          ['Structure porteuse', a.carrierName || ABSENT],
          ['Territoires', (a.territories ?? []).map(territory).join(', ')],
          ['Participation', [capital(word('agreement.fee.kind', a.fee?.kind)), rate].filter(Boolean).join(', ')],
          ['Plafond par an', money(a.fee?.yearMax, 'aucun')],
        ]}
      />
      <div class="line-columns">
        <Promises title="L’acheteur s’engage à" list={a.buyerCommitments} />
        <Promises title="La structure porteuse s’engage à" list={a.carrierCommitments} />
      </div>
    </Panel>
  );
}

function Fee({ agreementId }: { agreementId: string }): JSX.Element {
  const { query } = useAddress();
  const thisYear = new Date().getFullYear();
  const year = Number(query.annee) || thisYear;
  const state = useQuery('contracts/AgreementFee', { agreementId, year });
  const lines = state.data?.lines ?? [];
  return (
    <Panel
      title="Participation d’une année"
      aside={
        <label>
          <span class="visually-hidden">Année</span>
          <select class="form-select" value={year} onChange={(e) => set('annee', e.currentTarget.value)}>
            {[thisYear + 1, thisYear, thisYear - 1, thisYear - 2].map((y) => (
              <option key={y} value={y}>
                {y}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Wait state={state} has={state.data !== null}>
        <p>
          <strong>{money(state.data?.fee, '–')}</strong> {typographic(state.data?.text)}
        </p>
        <ul>
          {lines.map((l, i) => (
            <li key={l.contractId ?? i}>
              {l.object || l.number || 'L’année'} : {typographic(l.calculation)}
            </li>
          ))}
        </ul>
      </Wait>
    </Panel>
  );
}

export function AgreementPage({ id: agreementId }: { id: string }): JSX.Element {
  const { query } = useAddress();
  const state = useQuery('contracts/AgreementById', { agreementId });
  const v = state.data;
  const isText = query.texte === 'oui';
  return (
    <>
      <p class="back">
        <a href="#/conventions">Conventions avec les acheteurs</a>
      </p>
      <PageHead title={v?.agreement?.buyerName || 'Convention'} lead="Convention" />
      <Wait state={state} has={v !== null}>
        {v && (
          <>
            <Term view={v} />
            <Acts acts={THINGS.conventions!.acts} path={['conventions', agreementId]} value={v as Record<string, unknown>} />
            <Mission view={v} />
            {v.signedOn && <Fee agreementId={agreementId} />}
            <Panel
              title="Son texte"
              aside={
                <button type="button" class="btn btn-sm btn-outline-primary" aria-expanded={isText} onClick={() => set('texte', isText ? '' : 'oui')}>
                  {isText ? 'Fermer le texte' : 'Lire et imprimer'}
                </button>
              }
            >
              <p class="quiet">Tel que la bibliothèque de textes l’écrit, avec ce qui est à vérifier avant de signer.</p>
            </Panel>
            {isText && <Note title="Convention" method="contracts/AgreementText" request={{ agreementId }} />}
            {(v.history ?? []).length > 0 && (
              <Panel title="Son histoire">
                <ol class="history">
                  {v.history!.map((h) => (
                    <li key={`${h.at} ${h.text}`}>
                      <time dateTime={h.at}>{instant(h.at)}</time>
                      <span>{typographic(h.text)}</span>
                      <small>{h.user}</small>
                    </li>
                  ))}
                </ol>
              </Panel>
            )}
          </>
        )}
      </Wait>
    </>
  );
}
