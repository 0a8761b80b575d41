// Where each command has its place: on the page of the thing that it is about, or beside the list of such things where
// it begins one. Words, fields and who may come from the description; the daemons decide again on every call. A command
// of another hand is in ELSEWHERE, with its reason. test/places.test.ts fails for one that has no place.
import type { Method } from '../client.ts';

export interface Act {
  method: string; // « contracts.AmendContract »
  from?: string; // where in the reply the form begins from what is known: fields of the same name; '': the reply itself
  into?: string; // the field of the request that takes it; else the request itself
  rename?: Record<string, string>; // field of the request to the name of the reply
}
export type Acts = Record<string, (string | Act)[]>; // by the words of their group

export interface Thing {
  one: string; // « le contrat »
  name: string; // « Contrat »
  id: string[]; // the fields that name one, in requests and in lines
  read?: Method; // the query of one; none: it is looked for in its list
  inside?: string; // where in the reply, or in a line, its fields are
  title: string[]; // the first of these that the reply tells
  also?: [method: Method, title: string][]; // further queries of the same id, each a section
  given?: Record<string, string>; // further fields of forms that the reply gives: name to where
  rows?: Record<string, Acts[string]>; // acts of lines inside it, by the field that names such a line
  acts: Acts;
  begins?: Acts; // without one of them
  linkedFrom?: string[]; // things whose pages lead here, where no list does
}

export interface ListOf {
  title: string;
  lead?: string;
  area: string;
  method: Method;
  items: string; // where in the reply the lines are
  opens: string; // the thing that a line leads to
  columns?: string[]; // those shown; else the first that tell something
  empty: string;
  needs?: Record<string, 'year' | 'month' | 'siret'>; // filters without which the daemon answers nothing
}

const WITHDRAW_ACT: Act = { method: 'contracts.WithdrawAct' };

export const THINGS: Record<string, Thing> = {
  contrats: {
    one: 'le contrat',
    name: 'Contrat',
    id: ['contractId'],
    read: 'contracts/ContractFacts',
    title: ['contract.record.object', 'contract.record.number'],
    also: [['contracts/Drafts', 'Pièces remises à l’acheteur']],
    given: { version: 'contract.version', buyerSiret: 'contract.record.buyerSiret' },
    linkedFrom: ['obligations'],
    acts: {
      'Le dossier': [
        { method: 'contracts.AmendContract', from: 'contract.record', into: 'record' },
        'contracts.RecordAssociation',
        'contracts.DeclineContract',
        'contracts.ResumeContract',
        'contracts.RecordDerogation',
        'contracts.PutGroupBuyers',
        'contracts.ReferMatter',
        WITHDRAW_ACT,
      ],
      'La clause et ses pièces': ['contracts.PutClause', 'contracts.PutDraftItems', 'contracts.KeepDraft'],
      'La consultation et les offres': [
        'contracts.OpenConsultation',
        'contracts.PostponeOffers',
        'contracts.RecordQuestion',
        'contracts.PutAppraisalGrid',
        'contracts.RecordOffer',
        'contracts.AwardContract',
      ],
      'L’exécution': [
        'contracts.PutContractPart',
        'contracts.DecideContractPart',
        'contracts.SuspendExecution',
        'contracts.ResumeExecution',
        'contracts.EndContract',
        'reporting.NoteReportSent',
      ],
      'Le marché réservé': ['contracts.RecordReserved', 'contracts.WithdrawReserved'],
      'La publication': [
        'contracts.LinkPublication',
        'contracts.UnlinkPublication',
        'contracts.JoinPublications',
        'contracts.SeparatePublications',
        'contracts.DismissTwins',
      ],
    },
    rows: {
      questionId: [
        { method: 'contracts.DraftAnswer', from: '' },
        'contracts.SendAnswer',
        { method: 'contracts.PublishAnswer', from: '' },
        'contracts.SetQuestionAside',
      ],
      transferId: ['contracts.AgreeTransfer', 'contracts.RefuseTransfer'],
      subcontractId: ['contracts.DecideSubcontract', 'contracts.AmendSubcontract'],
    },
    begins: { 'Ouvrir un dossier': ['contracts.OpenContract', 'contracts.EnterReserved'] },
  },
  lots: {
    one: 'l’analyse du lot',
    name: 'Analyse des offres',
    id: ['contractId', 'lot'],
    read: 'contracts/Appraisal',
    title: [],
    linkedFrom: ['contrats'],
    acts: {
      'Les offres': [{ method: 'contracts.PutAppraisalGrid', from: '' }, 'contracts.RecordOffer', 'contracts.AwardContract'],
    },
    rows: { offerId: ['contracts.MarkOffer', 'contracts.AgreeMarks', { method: 'contracts.RecordOffer', from: 'offer', into: 'offer' }, 'contracts.AwardContract'] },
  },
  clauses: {
    one: 'la clause',
    name: 'Clause',
    id: ['clauseId'],
    read: 'contracts/ClauseLedger',
    title: ['buyerName'],
    given: { contractId: 'contractId', lot: 'lot' },
    linkedFrom: ['contrats', 'obligations'],
    acts: {
      'La clause': ['contracts.RecordObligation', 'contracts.PutControlPlan', 'contracts.PutClause'],
    },
    rows: { transferId: ['contracts.AgreeTransfer', 'contracts.RefuseTransfer'] },
  },
  obligations: {
    one: 'l’obligation',
    name: 'Obligation',
    id: ['obligationId'],
    read: 'contracts/ObligationById',
    title: ['contractorName'],
    also: [
      ['contracts/Cases', 'Dossiers de contrôle'],
      ['tracking/Placements', 'Parcours'],
      ['tracking/Invoices', 'Factures'],
    ],
    given: { contractId: 'contractId', fromObligationId: 'obligationId', lot: 'lot', objectId: 'obligationId' },
    acts: {
      'Les heures dues': [
        'contracts.AmendObligation',
        'contracts.ProposeTransfer',
        'contracts.WaiveHours',
        'contracts.TakeOverHours',
        'contracts.AssignObligation',
        'contracts.LeaveGroup',
      ],
      'Commandes, factures, sous-traitance': [
        'contracts.RecordOrder',
        'contracts.RecordContractInvoice',
        'contracts.DeclareSubcontract',
        'tracking.RecordInvoice',
      ],
      'Qui travaille': ['contracts.DeclareNeed', 'tracking.OpenPlacement'],
      'Le suivi et le contrôle': [
        'contracts.NameResponsible',
        'contracts.RecordStatement',
        'contracts.RecordReminder',
        'contracts.OpenCase',
        'contracts.DeclareDifficulty',
        'contracts.DecideRelief',
        'contracts.RecordPromise',
        'contracts.DatePromise',
        'contracts.SuspendExecution',
        'contracts.ResumeExecution',
        'contracts.IssueAttestation',
        'accounts.MakeLink',
      ],
    },
  },
  dossiers: {
    one: 'le dossier de contrôle',
    name: 'Dossier de contrôle',
    id: ['caseId'],
    read: 'contracts/CaseById',
    inside: 'case',
    title: ['contractorName'],
    given: { obligationId: 'case.obligationId', contractId: 'case.contractId' },
    acts: {
      'Avec l’entreprise': ['contracts.RecordReminder', 'contracts.RecordObservations'],
      'Avec l’acheteur': [
        'contracts.WarnBuyer',
        'contracts.DraftFormalNotice',
        'contracts.ServeFormalNotice',
        'contracts.ProposePenalty',
        'contracts.DecideCase',
        'contracts.RecordBuyerDecision',
        'contracts.CloseCase',
      ],
    },
  },
  besoins: {
    one: 'le besoin',
    name: 'Besoin',
    id: ['needId'],
    title: ['title'],
    given: { obligationId: 'obligationId' },
    acts: {
      'Le besoin': [{ method: 'contracts.AmendNeed', from: '', into: 'need' }, 'contracts.CloseNeed', 'tracking.ProposeBeneficiary', 'tracking.ReferBeneficiary'],
    },
    begins: { 'Dire un besoin': ['contracts.DeclareNeed'] },
  },
  conventions: {
    one: 'la convention',
    name: 'Convention',
    id: ['agreementId'],
    read: 'contracts/AgreementById',
    title: ['agreement.buyerName'],
    acts: {
      'La convention': [
        { method: 'contracts.PutAgreement', from: 'agreement', into: 'agreement' },
        'contracts.SignAgreement',
        'contracts.RenewAgreement',
        'contracts.EndAgreement',
        WITHDRAW_ACT,
      ],
    },
    begins: { 'Une nouvelle convention': ['contracts.PutAgreement'] },
  },
  programme: {
    one: 'la ligne du programme',
    name: 'Ligne de programme',
    id: ['lineId'],
    title: ['line.title'],
    given: { programmeLineId: 'lineId' },
    acts: {
      'La ligne': ['contracts.DecideLine', 'contracts.RecordDerogation', 'contracts.OpenContract', WITHDRAW_ACT],
    },
  },
  saisines: {
    one: 'la saisine',
    name: 'Saisine du guichet vert',
    id: ['referralId'],
    title: ['subject'],
    acts: { 'La réponse': ['contracts.CloseReferral'] },
  },
  envois: {
    one: 'l’envoi',
    name: 'Chiffres envoyés',
    id: ['reportId'],
    read: 'reporting/FrozenReport',
    title: ['report.recipient'],
    acts: { 'L’envoi': ['reporting.WithdrawSentReport'] },
    begins: { 'Noter un envoi': ['reporting.NoteReportSent'] },
  },
  personnes: {
    one: 'la personne',
    name: 'Personne',
    id: ['beneficiaryId'],
    read: 'tracking/EligibilityById',
    title: [],
    also: [
      ['tracking/Pathway', 'Parcours de la personne'],
      ['tracking/FollowUp', 'Suivi'],
      ['tracking/FileReadings', 'Qui a ouvert le dossier'],
    ],
    acts: {
      'Son dossier': [
        'tracking.OpenBeneficiaryFile',
        'tracking.OpenFollowUp',
        'tracking.RectifyIdentity',
        'tracking.ProposeRelocation',
      ],
      'Son éligibilité': [
        'tracking.RecordProofSeen',
        'tracking.DecideEligibility',
        'tracking.ExtendEligibility',
        'tracking.SuspendEligibility',
        'tracking.WithdrawProof',
      ],
      'Son parcours': ['tracking.ProposeBeneficiary', 'tracking.OpenPlacement', 'tracking.RecordContact', 'tracking.RecordAction'],
      'Deux dossiers pour une personne': [
        'tracking.SeekDoubles',
        'tracking.MergePersons',
        'tracking.UnmergePersons',
        'tracking.KeepPersonsApart',
      ],
      'Ses droits': ['tracking.ExportPerson', 'tracking.RestrictPerson', 'tracking.LiftRestriction', 'tracking.ErasePerson'],
    },
    rows: {
      decisionId: ['tracking.ConfirmEligibility', 'tracking.CorrectEligibility'],
      suspensionId: ['tracking.ResumeEligibility'],
      proofId: ['tracking.DecideEligibility', 'tracking.ExtendEligibility', 'tracking.WithdrawProof'],
      contactId: [{ method: 'tracking.CorrectContact', from: '' }],
      actionId: ['tracking.MoveAction'],
    },
    begins: { 'Une personne': ['tracking.ReferBeneficiary', 'tracking.KnownPerson'] },
  },
  parcours: {
    one: 'le parcours',
    name: 'Parcours',
    id: ['placementId'],
    read: 'tracking/PlacementById',
    title: ['employerName'],
    also: [['tracking/Documents', 'Pièces']],
    given: { beneficiaryId: 'beneficiaryId', obligationId: 'obligationId', objectId: 'placementId' },
    acts: {
      'Les heures': ['tracking.SubmitHours', 'tracking.CopyHours', 'tracking.ValidateHours', 'tracking.ReturnHours'],
      'Le contrat de travail': [
        { method: 'tracking.AmendPlacement', from: '' },
        { method: 'tracking.CorrectPlacement', from: '' },
        'tracking.LinkPlacement',
        { method: 'tracking.SetEmployerReference', rename: { reference: 'employerReference' } },
      ],
      'La fin et le devenir': [
        'tracking.EndPlacement',
        { method: 'tracking.CorrectEnd', from: '' },
        'tracking.ReopenPlacement',
        'tracking.RecordOutcome',
      ],
      'Le suivi': ['tracking.RecordContact', 'tracking.RecordAction'],
      'Les pièces et les liens': ['tracking.AttachDocument', 'accounts.MakeLink'],
    },
    rows: { documentId: ['tracking.OpenDocument', 'tracking.RemoveDocument'] },
    begins: { 'Les heures de plusieurs parcours': ['tracking.SplitHours', 'tracking.ValidateMonth'] },
  },
  factures: {
    one: 'la facture',
    name: 'Facture',
    id: ['invoiceId'],
    read: 'tracking/InvoiceById',
    inside: 'invoice',
    title: ['invoice.subcontractorName', 'invoice.contractorName'],
    acts: {
      'La facture': [{ method: 'tracking.CorrectInvoice', from: 'invoice.figures' }, 'tracking.CancelInvoice'],
    },
    begins: { 'Une facture': ['tracking.RecordInvoice'] },
  },
  propositions: {
    one: 'la proposition',
    name: 'Proposition',
    id: ['proposalId'],
    read: 'tracking/ProposalById',
    title: ['label', 'needTitle'],
    given: { beneficiaryId: 'beneficiaryId', obligationId: 'obligationId', needId: 'needId', objectId: 'proposalId' },
    acts: {
      'La proposition': [
        'tracking.SendProposal',
        'tracking.AnswerProposal',
        'tracking.PostponeProposal',
        'tracking.ResumeProposal',
        'tracking.WithdrawProposal',
        'tracking.CorrectProposal',
      ],
      'La suite': ['tracking.OpenPlacement', 'accounts.MakeLink'],
    },
    begins: { 'Une proposition': ['tracking.ProposeBeneficiary'] },
  },
  demenagements: {
    one: 'le changement de département',
    name: 'Changement de département',
    id: ['relocationId'],
    title: ['label'],
    acts: { 'La réponse': ['tracking.AcceptRelocation', 'tracking.DeclineRelocation', 'tracking.WithdrawRelocation'] },
  },
  controles: {
    one: 'le contrôle',
    name: 'Contrôle sur échantillon',
    id: ['controlId'],
    read: 'tracking/ControlById',
    title: [],
    also: [['tracking/ControlEvidence', 'Preuves demandées']],
    acts: { 'Le contrôle': ['tracking.AskEvidence', 'tracking.CloseControl', 'tracking.ReopenControl'] },
    begins: { 'Un contrôle': ['tracking.DrawControl'] },
  },
  preuves: {
    one: 'la preuve demandée',
    name: 'Preuve demandée',
    id: ['controlId', 'placementId'],
    read: 'tracking/EvidenceById',
    title: [],
    linkedFrom: ['controles'],
    acts: {
      'La preuve': ['tracking.AnswerEvidence', 'tracking.JudgeEvidence', 'tracking.SettleEvidence', 'tracking.TakeBackEvidence', 'tracking.AskEvidence'],
    },
  },
  partenaires: {
    one: 'l’organisation',
    name: 'Organisation',
    id: ['organisationId'],
    read: 'directory/OrganisationById',
    title: ['organisation.name'],
    acts: {
      'La fiche': [
        { method: 'directory.PutOrganisation', from: 'organisation', into: 'organisation' },
        'directory.CloseOrganisation',
        'notifications.Subscribe',
      ],
    },
    begins: { 'Une organisation': ['directory.PutOrganisation'] },
  },
  abonnements: {
    one: 'l’abonnement',
    name: 'Abonnement aux alertes',
    id: ['subscriptionId'],
    title: ['organisationName'],
    acts: { 'L’abonnement': ['notifications.ConfirmAddress', 'notifications.Unsubscribe'] },
    begins: { 'Un abonnement': ['notifications.Subscribe'] },
  },
  courriels: {
    one: 'le courriel abandonné',
    name: 'Courriel abandonné',
    id: ['noticeId'],
    title: ['organisationName'],
    acts: { 'Le courriel': ['notifications.ReplayMails'] },
    begins: { 'Tous les courriels': ['notifications.ReplayMails'] },
  },
  deplacements: {
    one: 'le déplacement',
    name: 'Déplacement d’une partie du suivi',
    id: ['partId'],
    title: [],
    acts: { 'Le déplacement': ['tracking.CancelPart'] },
    begins: { 'Un déplacement': ['tracking.MovePart'] },
  },
  comptes: {
    one: 'le compte',
    name: 'Compte',
    id: ['userId'],
    title: ['name'],
    given: { name: 'name', membershipId: 'membershipId' },
    acts: {
      'Le compte': [
        'accounts.ConfirmUser',
        'accounts.AddMembership',
        'accounts.EndMembership',
        'accounts.RenewToken',
        'accounts.ResetSignIn',
        'accounts.RevokeUser',
      ],
    },
    begins: { 'Un compte': ['accounts.CreateUser', 'accounts.AddMembership'] },
  },
  liens: {
    one: 'le lien',
    name: 'Lien sans compte',
    id: ['linkId'],
    inside: 'link',
    title: [],
    acts: { 'Le lien': ['accounts.ResendLink', 'accounts.EndLink'] },
  },
};

const AREA = {
  contracts: 'Contrats et clauses',
  control: 'Heures dues et contrôle',
  persons: 'Personnes et parcours',
  partners: 'Partenaires et alertes',
  network: 'Comptes et réseau',
};

export const LISTS: Record<string, ListOf> = {
  contrats: { title: 'Contrats', area: AREA.contracts, method: 'contracts/Contracts', items: 'contracts', opens: 'contrats', empty: 'Aucun contrat : ouvrez-en un, ou importez les données publiées.' },
  conventions: { title: 'Conventions avec les acheteurs', area: AREA.contracts, method: 'contracts/Agreements', items: 'agreements', opens: 'conventions', columns: ['agreement.buyerName', 'agreement.carrierName', 'state', 'signedOn', 'termEndsOn', 'decideBy', 'warning'], empty: 'Aucune convention : rédigez-en un premier projet.' },
  'sans-convention': { title: 'Contrats sans convention', area: AREA.contracts, method: 'contracts/UncoveredContracts', items: 'contracts', opens: 'contrats', empty: 'Tous les contrats suivis ont leur convention.' },
  programme: { title: 'Programmes d’achats', area: AREA.contracts, method: 'contracts/Programme', items: 'lines', opens: 'programme', columns: ['line.title', 'line.amount', 'line.launchOn', 'line.cpv', 'decision.lever', 'decision.status'], needs: { year: 'year', buyerSiret: 'siret' }, empty: 'Aucune ligne cette année : importez le programme d’un acheteur (« Importer »).' },
  reserves: { title: 'Marchés réservés', area: AREA.contracts, method: 'contracts/ReservedContracts', items: 'lines', opens: 'contrats', columns: ['object', 'buyerName', 'number', 'entry.lot', 'entry.grounds', 'entry.holderName', 'check.verdict'], empty: 'Aucun marché réservé : saisissez-en un en cinq champs.' },
  'non-suivis': { title: 'Contrats publiés que personne ne suit', area: AREA.contracts, method: 'contracts/UnfollowedContracts', items: 'contracts', opens: 'contrats', empty: 'Tous les contrats publiés sont suivis.' },
  'publications-doubles': { title: 'Publications peut-être d’un même contrat', area: AREA.contracts, method: 'contracts/TwinPublications', items: 'doubles', opens: 'contrats', columns: ['object', 'buyerName', 'notifiedOn', 'contract.number', 'twin.number', 'reasons'], empty: 'Aucune publication ne se ressemble.' },
  saisines: { title: 'Saisines du guichet vert', area: AREA.contracts, method: 'contracts/Referrals', items: 'referrals', opens: 'saisines', columns: ['subject', 'to', 'referredOn', 'outcome', 'remindOn', 'late'], empty: 'Aucune question n’a été transmise.' },
  envois: { title: 'Chiffres envoyés', area: AREA.contracts, method: 'reporting/SentReports', items: 'reports', opens: 'envois', columns: ['recipient', 'object', 'number', 'year', 'sentOn', 'notedBy', 'withdrawnOn'], empty: 'Aucun envoi n’est noté.' },
  obligations: { title: 'Obligations', area: AREA.control, method: 'contracts/Obligations', items: 'obligations', opens: 'obligations', columns: ['contractorName', 'lot', 'due', 'done', 'converted', 'remaining', 'territories'], empty: 'Aucune obligation : posez une clause sur un contrat, puis dites quelle entreprise en doit les heures.' },
  avancement: { title: 'Avancement, les plus en retard d’abord', area: AREA.control, method: 'contracts/Progress', items: 'lines', opens: 'obligations', columns: ['contractorName', 'light', 'owed', 'done', 'expected', 'doneShare', 'elapsedShare', 'endsOn'], empty: 'Aucune obligation n’est en cours.' },
  releves: { title: 'Relevés en retard ou bientôt dus', area: AREA.control, method: 'contracts/LateStatements', items: 'lines', opens: 'obligations', columns: ['contractorName', 'periodEnd', 'dueOn', 'daysLate', 'missing', 'nextReminderOn'], empty: 'Aucun relevé n’est attendu.' },
  dossiers: { title: 'Dossiers de contrôle', area: AREA.control, method: 'contracts/Cases', items: 'cases', opens: 'dossiers', columns: ['contractorName', 'case.ground', 'case.step', 'case.openedOn', 'nextAction', 'nextOn'], empty: 'Aucun dossier de contrôle n’est ouvert.' },
  controles: { title: 'Contrôles sur échantillon', area: AREA.control, method: 'tracking/Controls', items: 'controls', opens: 'controles', columns: ['territory', 'from', 'until', 'drawnOn', 'frameSize', 'closedOn'], empty: 'Aucun contrôle : tirez-en un au sort.' },
  preuves: { title: 'Preuves attendues', area: AREA.control, method: 'tracking/EvidenceDue', items: 'items', opens: 'preuves', columns: ['state', 'nextAction', 'actBy', 'late', 'evidence', 'territory'], empty: 'Aucune preuve n’est attendue.' },
  factures: { title: 'Factures de sous-traitance inclusive', area: AREA.control, method: 'tracking/Invoices', items: 'lines', opens: 'factures', columns: ['subcontractorName', 'contractorName', 'figures.number', 'figures.dated', 'figures.amount', 'figures.hours', 'cancelled'], empty: 'Aucune facture n’est notée.' },
  personnes: { title: 'Personnes', lead: 'Sans leur nom : il n’est lu qu’en ouvrant le dossier, avec un motif, et chaque ouverture laisse sa trace.', area: AREA.persons, method: 'tracking/Beneficiaries', items: 'beneficiaries', opens: 'personnes', columns: ['beneficiaryId', 'territory', 'referredOn', 'eligibleUntil', 'placements', 'eligibilityWaits'], empty: 'Aucune personne : orientez-en une.' },
  attente: { title: 'Personnes pour qui rien n’avance', area: AREA.persons, method: 'tracking/WaitingPersons', items: 'persons', opens: 'personnes', columns: ['beneficiaryId', 'territory', 'state', 'since', 'action', 'actBy', 'late'], empty: 'Personne n’attend.' },
  eligibilites: { title: 'Éligibilités à traiter', area: AREA.persons, method: 'tracking/EligibilityDue', items: 'lines', opens: 'personnes', columns: ['beneficiaryId', 'territory', 'standing', 'nextAction', 'nextBefore', 'eligibleUntil'], empty: 'Rien n’est à faire sur les éligibilités.' },
  'fin-de-conservation': { title: 'Dossiers dont la conservation finit', area: AREA.persons, method: 'tracking/RetentionDue', items: 'lines', opens: 'personnes', columns: ['beneficiaryId', 'territory', 'lastContact', 'archived', 'endsAt'], empty: 'Aucun dossier n’arrive à son terme.' },
  doubles: { title: 'Dossiers peut-être d’une même personne', area: AREA.persons, method: 'tracking/ProbableDoubles', items: 'doubles', opens: 'personnes', columns: ['beneficiaryId', 'otherId', 'territory', 'otherTerritory', 'sureness', 'referredOn'], empty: 'Aucun dossier ne fait double emploi.' },
  propositions: { title: 'Propositions de personnes', area: AREA.persons, method: 'tracking/Proposals', items: 'proposals', opens: 'propositions', columns: ['label', 'needTitle', 'companyName', 'state', 'since', 'nextAction', 'actBy', 'late'], empty: 'Aucune proposition : proposez une personne pour un besoin.' },
  suites: { title: 'Ce qui est à faire ensuite', area: AREA.persons, method: 'tracking/NextActions', items: 'actions', opens: 'propositions', columns: ['label', 'needTitle', 'territory', 'state', 'action', 'actBy', 'late'], empty: 'Rien ne vous attend.' },
  parcours: { title: 'Parcours', area: AREA.persons, method: 'tracking/Placements', items: 'placements', opens: 'parcours', columns: ['employerName', 'modality', 'startsOn', 'endsOn', 'weeklyHours', 'tutor', 'ended'], empty: 'Aucun parcours : ouvrez-en un depuis la page d’une personne éligible.' },
  mois: { title: 'Feuille du mois', area: AREA.persons, method: 'tracking/MonthSheet', items: 'lines', opens: 'parcours', columns: ['employerName', 'modality', 'before', 'submitted', 'training', 'validated', 'state'], needs: { month: 'month' }, empty: 'Aucun parcours n’était en cours ce mois-là.' },
  devenirs: { title: 'Devenirs à demander', area: AREA.persons, method: 'tracking/OutcomesDue', items: 'lines', opens: 'parcours', columns: ['placementId', 'territory', 'at', 'endedOn', 'dueOn', 'askBy', 'late', 'attempts'], empty: 'Aucun devenir n’est à demander.' },
  suivis: { title: 'Parcours sans nouvelles', area: AREA.persons, method: 'tracking/FollowUpDue', items: 'lines', opens: 'parcours', columns: ['placementId', 'territory', 'modality', 'since', 'actBy', 'daysLate', 'visit'], empty: 'Tous les parcours ont de leurs nouvelles.' },
  demenagements: { title: 'Dossiers qui changent de département', area: AREA.persons, method: 'tracking/Relocations', items: 'lines', opens: 'demenagements', columns: ['label', 'fromTerritory', 'toTerritory', 'movedOn', 'state', 'answerBy', 'late'], empty: 'Aucun dossier ne change de département.' },
  besoins: { title: 'Besoins des entreprises', area: AREA.persons, method: 'contracts/Needs', items: 'needs', opens: 'besoins', columns: ['title', 'contractorName', 'positions', 'startsOn', 'territory', 'modality', 'state'], empty: 'Aucune entreprise ne cherche de personnes ici pour le moment.' },
  partenaires: { title: 'Partenaires', lead: 'Structures, prescripteurs, entreprises.', area: AREA.partners, method: 'directory/Organisations', items: 'organisations', opens: 'partenaires', columns: ['organisation.name', 'organisation.kind', 'organisation.city', 'organisation.siret', 'organisation.territory', 'closed'], empty: 'Aucune organisation : enregistrez-en une, ou importez une liste.' },
  abonnements: { title: 'Abonnements aux alertes', area: AREA.partners, method: 'notifications/Subscriptions', items: 'subscriptions', opens: 'abonnements', columns: ['organisationName', 'territory', 'email', 'awaitingEmail', 'nameUnverified'], empty: 'Aucun abonnement : abonnez une organisation aux alertes d’un département.' },
  courriels: { title: 'Courriels abandonnés', area: AREA.network, method: 'notifications/ParkedMails', items: 'mails', opens: 'courriels', columns: ['organisationName', 'kind', 'postedAt', 'givenUpAt', 'attempts', 'reason'], empty: 'Aucun courriel n’a été abandonné.' },
  comptes: { title: 'Comptes', area: AREA.network, method: 'accounts/Users', items: 'users', opens: 'comptes', columns: ['name', 'role', 'territories', 'awaitsConsent', 'tokenEnds', 'revoked', 'leftOn'], empty: 'Aucun compte à montrer.' },
  liens: { title: 'Liens sans compte', area: AREA.network, method: 'accounts/Links', items: 'links', opens: 'liens', columns: ['link.purpose', 'link.organisationId', 'link.territory', 'state', 'sentAt', 'ends', 'usedWhat'], empty: 'Aucun lien n’a été fait.' },
  deplacements: { title: 'Parties du suivi qui se déplacent', area: AREA.network, method: 'tracking/Parts', items: 'parts', opens: 'deplacements', empty: 'Rien ne se déplace.' },
};

// Commands that a page of their own gives: its address, as in roles.ts.
export const ON_PAGES: Record<string, string[]> = {
  alertes: ['notifications.MarkNoticeRead'],
  changements: ['notifications.MarkNoticeRead'],
  importer: [
    'tracking.ImportHours',
    'tracking.PreviewHours',
    'tracking.UndoHoursImport',
    'tracking.ImportBeneficiaries',
    'tracking.PreviewBeneficiaries',
    'tracking.UndoBeneficiariesImport',
    'contracts.ImportProgramme',
    'contracts.PreviewProgramme',
    'contracts.UndoProgrammeImport',
    'contracts.ImportRunning',
    'contracts.PreviewRunning',
    'contracts.UndoRunningImport',
    'directory.ImportOrganisations',
    'directory.PreviewOrganisations',
    'directory.UndoOrganisationsImport',
  ],
  acces: [
    'accounts.RenewToken',
    'accounts.EndMembership',
    'accounts.EndKey',
    'accounts.BeginSecondFactor',
    'accounts.ConfirmSecondFactor',
    'accounts.EndSecondFactor',
    'accounts.SwitchMembership',
    'accounts.SignOut',
    'accounts.EndOtherSessions',
    'accounts.EndProviderBinding',
  ],
};

// A form beside a page that is no list of things.
export const BEGINS_ON_PAGES: Record<string, Acts> = {
  acces: { 'Une clé': ['accounts.MakeProgramKey'] },
};

// Given by daemons, programs or a link, and by nobody at a page.
export const ELSEWHERE: Record<string, string> = {
  'contracts.ImportContract': 'un programme lit les données essentielles publiées, et les donne un contrat à la fois',
  'contracts.ImportContracts': 'guichetctl import lit les données essentielles publiées, et les donne par centaines',
  'tracking.BeginDocument': 'première étape de « Joindre une pièce », qui la donne avec le fichier',
  'tracking.PutDocumentPiece': 'un morceau du fichier que « Joindre une pièce » envoie',
  'tracking.DropUpload': '« Joindre une pièce » abandonne ainsi ce qui n’a pas abouti',
  'tracking.OpenPart': 'entre deux processus du suivi',
  'tracking.PutPartRecords': 'entre deux processus du suivi',
  'tracking.PutPartDocument': 'entre deux processus du suivi',
  'tracking.TakePart': 'entre deux processus du suivi',
  'tracking.ClosePart': 'entre deux processus du suivi',
  'notifications.ResendLinks': 'la passerelle, pour qui redemande ses liens sans compte',
  'accounts.NoteKeyUse': 'la passerelle, une fois par jour et par clé',
  'accounts.NoteExport': 'la passerelle, quand un fichier est emporté',
  'accounts.SignIn': 'la passerelle, par la page de connexion',
  'accounts.SetPassword': 'la passerelle, par « Mon accès »',
  'accounts.SignInByProvider': 'la passerelle, au retour d’un fournisseur d’identité',
  'accounts.BindProvider': 'la passerelle, au retour d’un fournisseur d’identité',
  'accounts.DrawLink': 'le service des alertes, quand le courriel d’un lien part',
  'accounts.ClaimLink': 'la page d’un lien, avant l’acte',
  'accounts.NoteLinkUse': 'la page d’un lien, après l’acte',
  'accounts.DisownLink': 'la page d’un lien : « ce n’est pas moi »',
};

// Fields that no form shows and no place gives, each with its reason.
export const UNTYPED: Record<string, string> = {
  'contracts.KeepDraft.hash': 'vide : la pièce telle qu’elle se lit à cet instant',
  'tracking.AttachDocument.uploadId': 'donné par l’envoi du fichier, dans le même formulaire',
};

export const actsOf = (acts: Acts): Act[] => Object.values(acts).flat().map(asAct);
export const asAct = (act: string | Act): Act => (typeof act === 'string' ? { method: act } : act);
