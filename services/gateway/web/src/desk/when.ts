// When an act makes sense, where the reply about its thing tells: what does not is folded away, and the daemon decides
// all the same. An act that is not here always does.
import { THINGS, asAct } from './places.ts';
import { at, isTold } from './told.ts';

type Value = Record<string, unknown>;
type When = (value: Value) => boolean;

const is =
  (path: string, ...values: string[]): When =>
  (value) =>
    values.includes(String(at(value, path) ?? ''));
const has =
  (path: string): When =>
  (value) =>
    isTold(at(value, path));
const not =
  (when: When): When =>
  (value) =>
    !when(value);

// Of a case of control; an obligation, which may be reminded too, tells no step.
const isCaseOpen: When = not(is('case.step', 'CASE_CLOSED'));

const CASE_ACTS = Object.values(THINGS.dossiers!.acts).flat().map((act) => asAct(act).method);

const WHEN: Record<string, When> = {
  'contracts.DeclineContract': not(has('file.declined')),
  'contracts.ResumeContract': has('file.declined'),
  'contracts.OpenConsultation': is('file.stage', 'IN_PREPARATION', ''),
  'contracts.PostponeOffers': has('file.inConsultation'),
  'contracts.RecordQuestion': has('file.inConsultation'),
  'contracts.ResumeExecution': (value) => !('file' in value) || has('file.suspensions')(value),
  'contracts.EndContract': not(has('file.endedOn')),
  'contracts.WithdrawReserved': has('file.reserved.entries'),
  'contracts.LinkPublication': not(has('publishedContractId')),
  'contracts.UnlinkPublication': has('publishedContractId'),
  'contracts.SignAgreement': is('state', 'AGREEMENT_DRAFT', ''),
  'contracts.RenewAgreement': not(is('state', 'AGREEMENT_DRAFT', 'AGREEMENT_ENDED')),
  ...Object.fromEntries(CASE_ACTS.map((method): [string, When] => [method, isCaseOpen])),
  'contracts.CloseNeed': is('state', 'NEED_OPEN', ''),
  'tracking.EndPlacement': not(has('ended')),
  'tracking.AmendPlacement': not(has('ended')),
  'tracking.StatePresence': not(has('ended')),
  'tracking.NameTutor': not(has('ended')),
  'tracking.NameReferent': not(has('ended')),
  'tracking.CorrectEnd': has('ended'),
  'tracking.ReopenPlacement': has('ended'),
  'tracking.RecordOutcome': has('ended'),
  'tracking.ResumeProposal': is('state', 'PROPOSAL_POSTPONED'),
  'tracking.CloseControl': not(has('closedOn')),
  'tracking.ReopenControl': has('closedOn'),
  'accounts.ConfirmUser': has('awaitsConsent'),
};

// `value`: the thing as it was read; none: nothing is known of it.
export const makesSense = (method: string, value: Value): boolean =>
  Object.keys(value).length === 0 || (WHEN[method]?.(value) ?? true);
