// The documents of a contract that are printed: each is what a method answers in words, and its file.
import type { Method } from '../client.ts';
import { mayAsk } from '../desk/methods.ts';
import { day } from '../format.ts';
import type { ContractFacts, Draft, Role } from '../types.ts';

export interface Paper {
  key: string; // in the address
  title: string;
  note: string;
  method: Method;
  request: Record<string, string | number>;
}

const PIECES: [code: string, title: string][] = [
  ['RC', 'Règlement de la consultation'],
  ['CCAP', 'Cahier des clauses administratives'],
  ['AE', 'Acte d’engagement'],
  ['NOTE', 'Note de calcul pour l’acheteur'],
];
export const pieceName = (code: string | undefined): string => PIECES.find(([c]) => c === code)?.[1] ?? code ?? '';

function piecesOf(contractId: string, facts: ContractFacts): Paper[] {
  return (facts.contract?.clauses ?? []).flatMap(({ lot = 1 }) =>
    PIECES.map(([piece, title]): Paper => ({
      key: `${piece}-${lot}`,
      title: `${title}, lot ${lot}`,
      note: 'la clause telle qu’elle se lit aujourd’hui',
      method: 'contracts/DraftClause',
      request: { contractId, lot, piece },
    })),
  );
}

function handedOver(drafts: Draft[]): Paper[] {
  return drafts.map((d) => ({
    key: `remise-${d.draftId}`,
    title: `${pieceName(d.piece)}, lot ${d.lot ?? 1}, version ${d.number}`,
    note: `remise le ${day(d.keptAt?.slice(0, 10))}${d.changed ? ', la clause a changé depuis' : ''}`,
    method: 'contracts/DraftById',
    request: { draftId: d.draftId ?? '' },
  }));
}

function casesOf(facts: ContractFacts): Paper[] {
  return (facts.control ?? []).flatMap((c) =>
    (c.cases ?? [])
      .filter((one) => one.case?.noticeText)
      .map((one) => ({
        key: `dossier-${one.case!.caseId}`,
        title: `Mise en demeure, ${one.contractorName ?? ''}`,
        note: one.case!.servedOn ? `notifiée le ${day(one.case!.servedOn)}` : 'projet, à signer par l’acheteur',
        method: 'contracts/CaseById',
        request: { caseId: one.case!.caseId ?? '' },
      })),
  );
}

const CONTRACT_PAPERS: { key: string; title: string; note: string; method: Method; when: (facts: ContractFacts) => boolean }[] = [
  {
    key: 'bilan',
    title: 'Bilan de la clause',
    note: 'ce qui était dû et ce qui est fait, par titulaire',
    method: 'contracts/FinalStatement',
    when: (f) => (f.control?.length ?? 0) > 0,
  },
  {
    key: 'obligation',
    title: 'Note sur l’obligation de considération sociale',
    note: 'article 35 de la loi climat de 2021',
    method: 'contracts/ObligationNote',
    when: (f) => f.obligationCheck !== undefined,
  },
  {
    key: 'lettre',
    title: 'Lettre à l’acheteur : suivi décliné',
    note: 'avec son motif',
    method: 'contracts/DeclineLetter',
    when: (f) => f.file?.declined === true,
  },
];

export function papersOf(role: Role, contractId: string, facts: ContractFacts, drafts: Draft[]): Paper[] {
  const ofContract = CONTRACT_PAPERS.filter((p) => p.when(facts)).map(
    ({ key, title, note, method }): Paper => ({ key, title, note, method, request: { contractId } }),
  );
  const ofLots = (facts.appraisals ?? []).map((a): Paper => ({
    key: `analyse-${a.lot ?? 1}`,
    title: `Rapport d’analyse des offres, lot ${a.lot ?? 1}`,
    note: 'pour le rapport de présentation de l’acheteur',
    method: 'contracts/AppraisalReport',
    request: { contractId, lot: a.lot ?? 1 },
  }));
  const agreement: Paper[] = facts.agreement
    ? [
        {
          key: 'convention',
          title: 'Convention avec l’acheteur',
          note: facts.agreement.agreement?.carrierName ?? '',
          method: 'contracts/AgreementText',
          request: { agreementId: facts.agreement.agreementId },
        },
      ]
    : [];
  return [
    ...piecesOf(contractId, facts),
    ...handedOver(drafts),
    ...ofLots,
    ...casesOf(facts),
    ...ofContract,
    ...agreement,
  ].filter((p) => mayAsk(role, p.method));
}
