// « Décider pas à pas »: the decision on a person's eligibility, one question after another: for what public, on what
// proof, from when, read again before it is sent. It is the one form of the command, in steps.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PageHead } from '../components/PageHead.tsx';
import { ErrorBox, Panel } from '../components/Panel.tsx';
import { mayAsk } from '../desk/methods.ts';
import { shapesFor } from '../desk/read.ts';
import { ActionForm } from '../form/ActionForm.tsx';
import type { FormStep } from '../form/steps.ts';
import type { TypedGroup } from '../form/typed.ts';
import { dayNamed } from '../format.ts';
import { hrefOf, useDesk, useLoaded, useQuery } from '../hooks.ts';
import { shortId } from '../months.ts';
import type { ReplyOf } from '../client.ts';

const METHOD = 'tracking/DecideEligibility';
type Decided = ReplyOf<typeof METHOD>;

const isYes = (typed: TypedGroup): boolean => typed.eligible === true;

const STEPS: FormStep[] = [
  {
    title: 'Le public',
    lead: 'À quel titre serait-elle éligible ? Cochez « Décision d’éligibilité » si vous la jugez éligible ; sinon, vous direz pourquoi.',
    fields: () => ['publicCode', 'eligible'],
  },
  {
    title: 'Le justificatif',
    lead: 'Ce que vous avez vu, et qui l’a délivré. Le papier n’est pas gardé : que vous l’avez vu l’est, scellé.',
    fields: (typed) =>
      isYes(typed)
        ? ['proofCode', 'proofIssuer', 'proofDated', 'proofUntil', 'judgedOn', 'reason']
        : ['refusalCode', 'reason', 'proofCode', 'proofIssuer', 'proofDated'],
  },
  {
    title: 'Les jours',
    lead: 'Le jour de la décision est aujourd’hui si vous n’en dites rien. Un premier jour d’éligibilité plus ancien demande un motif.',
    fields: () => ['decidedOn', 'validFrom', 'retroactiveReason'],
  },
];

function Done({ id, reply }: { id: string; reply: Decided }): JSX.Element {
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => status.current?.focus(), []);
  return (
    <Panel title="C’est décidé">
      <p ref={status} role="status" class="said" tabIndex={-1}>
        {reply.toConfirm
          ? 'La décision est enregistrée, et ne compte pas encore.'
          : reply.validUntil
            ? `La décision est enregistrée : éligible jusqu’au ${dayNamed(reply.validUntil)}.`
            : 'La décision est enregistrée.'}
      </p>
      {reply.toConfirm && (
        <p>
          Cette personne a été orientée par vous ou par votre organisation : un autre compte de facilitateur doit donner son
          accord. Il le trouve dans sa journée, et sur la page de la personne.
        </p>
      )}
      <ul class="acts">
        <li>
          <a href={hrefOf(['personnes', id])}>Revenir à la personne {shortId(id)}</a>
        </li>
        {!reply.toConfirm && reply.validUntil && (
          <li>
            <a href={hrefOf(['personnes', id, 'agir', 'tracking.ProposeBeneficiary'])}>La proposer pour un besoin</a>
          </li>
        )}
      </ul>
    </Panel>
  );
}

export function EligibilityPage({ id }: { id: string }): JSX.Element {
  const { api, session } = useDesk();
  const may = mayAsk(session.role, METHOD);
  const asked = useLoaded(`shapes ${METHOD} ${may}`, async () => (may ? shapesFor(api, METHOD) : null));
  const now = useQuery('tracking/EligibilityById', { beneficiaryId: id });
  const [reply, setReply] = useState<Decided | null>(null);
  const person = `Personne ${shortId(id)}`;
  return (
    <>
      <p class="back">
        <a href={hrefOf(['personnes', id])}>{person}</a>
      </p>
      <PageHead title="Décider de l’éligibilité, pas à pas" lead={person} />
      {!may && <p>Votre rôle ne permet pas cette action.</p>}
      {asked.error && <ErrorBox error={asked.error} />}
      {now.error && <ErrorBox error={now.error} />}
      {may && reply && <Done id={id} reply={reply} />}
      {asked.data && now.data && !reply && (
        <Panel title="La décision">
          <ActionForm
            method={METHOD}
            shapes={asked.data.request}
            context={{ beneficiaryId: id }}
            version={now.data.version}
            known={{}}
            about={`personnes/${id}`}
            button="Enregistrer la décision"
            steps={STEPS}
            onDone={(r) => setReply(r as Decided)}
          />
          <p class="quiet form-note">
            Qui décide ne décide pas seul pour qui il a orienté : si c’est votre cas, la décision attendra l’accord d’un autre
            compte. Jusqu’à quand elle vaut se calcule par les règles en vigueur, et vous sera dit aussitôt.
          </p>
        </Panel>
      )}
    </>
  );
}
