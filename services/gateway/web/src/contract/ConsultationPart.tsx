// The consultation of a contract: its dates, the questions that are answered to all, and the appraisal of the offers by
// two readers, lot by lot, up to the award.
import type { JSX } from 'preact';
import { Facts } from '../components/Facts.tsx';
import { Panel, Wait } from '../components/Panel.tsx';
import { Table } from '../components/Table.tsx';
import type { Column } from '../components/Table.tsx';
import { Acts, RowActs } from '../desk/Acts.tsx';
import { actTitle, mayAsk } from '../desk/methods.ts';
import { asAct, THINGS } from '../desk/places.ts';
import { ABSENT, count, day, decimal, hours, plural, share, typographic } from '../format.ts';
import { hrefOf, useDesk, useQuery } from '../hooks.ts';
import type { Appraisal, Consultation, ContractFacts, OfferView, Question } from '../types.ts';
import { capital, useWord } from './words.ts';
import type { Word } from './words.ts';

const GROUP = 'La consultation et les offres';

// What comes next for a question, by its state; the others are folded.
const NEXT: Record<string, string> = {
  QUESTION_ASKED: 'contracts.DraftAnswer',
  ANSWER_DRAFTED: 'contracts.SendAnswer',
  ANSWER_WITH_BUYER: 'contracts.PublishAnswer',
};
const TONES: Record<string, string> = {
  DEADLINE_LATE: 'due due-late',
  DEADLINE_SOON: 'due due-due_soon',
};

interface QuestionProps {
  contractId: string;
  question: Question;
  word: Word;
}
function QuestionBlock({ contractId, question: q, word }: QuestionProps): JSX.Element {
  const { session } = useDesk();
  const next = NEXT[q.state ?? ''];
  const acts = (THINGS.contrats!.rows?.questionId ?? []).filter((a) => asAct(a).method !== next);
  const query = { questionId: q.questionId ?? '' };
  const isPublished = q.state === 'ANSWER_PUBLISHED';
  return (
    <article class="obligation">
      <h3>
        Question n° {q.number} <span class="tag">{capital(word('questions.state', q.state))}</span>
      </h3>
      <p class="quiet">
        Reçue le {day(q.receivedOn)}
        {q.askerName && ` de ${q.askerName}`}
        {q.askedLate && ', après le dernier jour'}
        {' · '}
        <span class={isPublished ? '' : (TONES[q.answerState ?? ''] ?? '')}>
          {isPublished ? `publiée le ${day(q.publishedOn)}` : `réponse due à l’acheteur le ${day(q.answerDueOn)}`}
        </span>
      </p>
      {(q.wording || q.text) && <blockquote class="asked">{q.wording || q.text}</blockquote>}
      {q.answer && <p class="long-text">{q.answer}</p>}
      <div class="row-buttons">
        {next && mayAsk(session.role, next) && (
          <a class="btn btn-sm btn-primary" href={hrefOf(['contrats', contractId, 'agir', next], query)}>
            {actTitle(next)}
            <span class="visually-hidden"> : question n° {q.number}</span>
          </a>
        )}
        <RowActs acts={acts} path={['contrats', contractId]} query={query} of={`question n° ${q.number}`} />
      </div>
    </article>
  );
}

function Dates({ view: v }: { view: Consultation }): JSX.Element {
  return (
    <Panel title="La consultation">
      <Facts
        facts={[
          ['Publiée le', day(v.publishedOn)],
          ['Réponses à tous jusqu’au', day(v.informationDueOn)],
          ['Offres à remettre le', day(v.offersDueOn)],
          ['Questions en attente', count(v.pending)],
          ['Réponses publiées', count(v.published)],
          ['Contact chez l’acheteur', v.buyerContact || ABSENT],
        ]}
      />
      {(v.warnings ?? []).map((text) => (
        <p key={text} class="note-warn">
          {typographic(text)}
        </p>
      ))}
      <p class="quiet">{typographic(v.informationSource)}</p>
    </Panel>
  );
}

function Questions({ contractId }: { contractId: string }): JSX.Element {
  const state = useQuery('contracts/Consultation', { contractId });
  const word = useWord('contracts/Consultation');
  const questions = state.data?.questions ?? [];
  return (
    <Panel title="Questions des entreprises">
      <Wait
        state={state}
        has={questions.length > 0}
        empty="Aucune question. Quand il en vient une, notez-la : la réponse ira à toutes les entreprises."
      >
        {questions.map((q) => (
          <QuestionBlock key={q.questionId} contractId={contractId} question={q} word={word} />
        ))}
      </Wait>
    </Panel>
  );
}

const nameOf = (o: OfferView): string => (o.offer?.members ?? []).map((m) => m.name || m.siret).join(' + ') || `Offre n° ${o.number}`;

function stateOf(o: OfferView): string {
  if (o.won) return 'Retenue';
  if (o.result) return 'Notée';
  if ((o.toAgree?.length ?? 0) > 0) return `À accorder : ${plural(o.toAgree!.length, 'critère')}`;
  return `${o.readersDone ?? 0} lecteur sur 2`;
}

function markColumns(view: Appraisal): Column<OfferView>[] {
  return (view.criteria ?? []).map((c) => ({
    title: c.title || `Critère ${c.number}`,
    number: true,
    cell: (o) => {
      const mark = (o.agreed ?? []).find((m) => m.criterion === c.number)?.mark;
      return mark === undefined ? '–' : decimal(mark, 2);
    },
  }));
}

function Grid({ view }: { view: Appraisal }): JSX.Element {
  return (
    <Table
      caption={`Grille du lot ${view.lot ?? 1}`}
      compact
      rows={view.criteria ?? []}
      rowKey={(c) => String(c.number)}
      columns={[
        { title: 'Critère', cell: (c) => c.title },
        { title: 'Poids', cell: (c) => share(c.weight), number: true },
        { title: 'Comment il est noté', cell: (c) => c.note || '–' },
      ]}
    />
  );
}

function Lot({ contractId, lot }: { contractId: string; lot: number }): JSX.Element {
  const state = useQuery('contracts/Appraisal', { contractId, lot });
  const view = state.data;
  const offers = view?.offers ?? [];
  return (
    <Panel
      title={`Analyse des offres, lot ${lot}`}
      aside={<a href={hrefOf(['lots', `${contractId}~${lot}`])}>Ouvrir l’analyse</a>}
    >
      <Wait state={state} has={view !== null}>
        {view && (
          <>
            <p>
              {`Notes sur ${view.scale ?? 0}, ${view.readers?.length ?? 0} lecteurs désignés. `}
              {view.awardedOn
                ? `Attribué le ${day(view.awardedOn)}${view.decisionReference ? ` (${view.decisionReference})` : ''}.`
                : view.frozen
                  ? 'Une offre est enregistrée : la grille ne change plus.'
                  : 'La grille peut encore changer, jusqu’à la première offre.'}
            </p>
            <Grid view={view} />
            {offers.length === 0 && <p class="quiet">Aucune offre n’est enregistrée.</p>}
            {offers.length > 0 && (
              <Table
                caption={`Offres du lot ${lot}`}
                rows={offers}
                rowKey={(o) => o.offerId ?? ''}
                columns={[
                  { title: 'Offre', cell: (o) => <strong>{nameOf(o)}</strong> },
                  { title: 'Heures proposées', cell: (o) => hours(o.offer?.hours), number: true },
                  ...markColumns(view),
                  { title: 'Note', cell: (o) => (o.result ? decimal(o.result, 2) : '–'), number: true },
                  { title: 'État', cell: stateOf },
                  {
                    title: 'Agir',
                    hideTitle: true,
                    cell: (o) => (
                      <RowActs
                        acts={THINGS.lots!.rows!.offerId!}
                        path={['lots', `${contractId}~${lot}`]}
                        query={{ offerId: o.offerId ?? '' }}
                        of={nameOf(o)}
                      />
                    ),
                  },
                ]}
              />
            )}
          </>
        )}
      </Wait>
    </Panel>
  );
}

export function ConsultationPart({ contractId, facts }: { contractId: string; facts: ContractFacts }): JSX.Element {
  return (
    <>
      {facts.consultation && <Dates view={facts.consultation} />}
      {!facts.consultation && (
        <Panel title="La consultation">
          <p class="quiet">Aucune consultation n’est ouverte pour ce contrat.</p>
        </Panel>
      )}
      <Acts acts={{ [GROUP]: THINGS.contrats!.acts[GROUP]! }} path={['contrats', contractId]} value={facts} />
      {facts.consultation && <Questions contractId={contractId} />}
      {(facts.appraisals ?? []).map((a) => (
        <Lot key={a.lot} contractId={contractId} lot={a.lot ?? 1} />
      ))}
    </>
  );
}
