// The messages that this page reads, by their names in the generated client: canonical proto3 JSON, where a field at
// its default value may be left out. Quantities are text (proto/types.proto).
import type { Schemas } from './client.ts';

export type Hours = Schemas['types.Hours'];
export type Month = Schemas['types.Month'];
export type Role = Schemas['types.Role'];
export type Session = Schemas['Session'];
export type SignedIn = Schemas['SignedIn'];
export type Exported = Schemas['accounts.ExportView'];
export type Provider = Schemas['Provider'];
export type OwnKey = Schemas['accounts.KeyView'];
export type OwnAccess = Schemas['accounts.OwnAccessReply'];
export type SignInLine = Schemas['accounts.SignInView'];
export type OwnMembership = Schemas['accounts.OwnMembership'];
export type Problem = Partial<Schemas['Problem']>; // what a proxy says in its place may hold less
export type Health = Schemas['Health'];
export type Instance = Schemas['HealthInstance'];
export type Source = Schemas['HealthSource'];

export type CompanyId = Schemas['contracts.CompanyId'];
export type Place = Schemas['contracts.Place'];
export type Modification = Schemas['contracts.Modification'];
export type ContractRecord = Schemas['contracts.ContractRecord'];
export type Calibration = Schemas['contracts.Calibration'];
export type LedgerEntry = Schemas['contracts.LedgerEntry'];
export type Obligation = Schemas['contracts.ObligationView'];
export type CompanyLedger = Schemas['contracts.CompanyLedgerReply'];
export type Clause = Schemas['contracts.ClauseView'];
export type Contract = Schemas['contracts.ContractView'];
export type Lot = Schemas['contracts.Lot'];
export type ReservedEntry = Schemas['contracts.ReservedEntry'];
export type ReservationCheck = Schemas['contracts.ReservationCheckReply'];
export type Agreement = Schemas['contracts.AgreementView'];
export type Referral = Schemas['contracts.ReferralView'];
export type ContractFile = Schemas['contracts.ContractFile'];
export type CalendarLine = Schemas['contracts.CalendarLine'];
export type HistoryLine = Schemas['contracts.HistoryLine'];
export type ContractFacts = Schemas['contracts.ContractFactsReply'];
export type ContractLine = Schemas['contracts.ContractLine'];
export type Need = Schemas['contracts.NeedView'];

export type DayItem = Schemas['notifications.DayItem'];
export type Notice = Schemas['notifications.NoticeView'];
export type Account = Schemas['accounts.UserView'];
export type LinkView = Schemas['accounts.LinkView'];
export type LinkPurpose = Schemas['accounts.LinkPurposeView'];
export type ModalityFigures = Schemas['reporting.ModalityFigures'];
export type Statement = Schemas['reporting.ContractStatementReply'];
export type Consolidation = Schemas['reporting.ConsolidationReply'];
export type MonthView = Schemas['tracking.MonthView'];
export type Placement = Schemas['tracking.PlacementView'];
export type HoursLine = Schemas['tracking.HoursLine'];
export type MonthLine = Schemas['tracking.MonthLine'];
export type MonthVerdict = Schemas['tracking.MonthVerdict'];
export type HoursEntry = Schemas['tracking.HoursEntry'];
export type HoursState = Schemas['tracking.HoursState'];
export type FileReading = Schemas['tracking.FileReading'];

export type Pathway = Schemas['tracking.PathwayReply'];
export type PathwayPlacement = Schemas['tracking.PathwayPlacement'];
export type Proposal = Schemas['tracking.ProposalView'];
export type Eligibility = Schemas['tracking.EligibilityView'];
export type FollowUpReply = Schemas['tracking.FollowUpReply'];
export type OutcomeView = Schemas['tracking.OutcomeView'];
export type ContactLine = Schemas['tracking.ContactLine'];
export type WaitingPerson = Schemas['tracking.WaitingPerson'];
export type Beneficiary = Schemas['tracking.BeneficiaryLine'];
export type NeedsForecast = Schemas['contracts.NeedsForecastReply'];
export type CompanyLine = Schemas['contracts.CompanyLine'];
export type ProgressView = Schemas['contracts.ProgressView'];
export type StatementLine = Schemas['contracts.StatementLine'];

export type ListRow = Schemas['types.ListRow'];
export type FileTable = Schemas['Table'];
export type ListColumn = Schemas['types.ListColumn'];
export type SentList = Schemas['types.SentList'];
export type RowOutcome = Schemas['types.RowOutcome'];
export type CellError = Schemas['types.CellError'];
export type RowVerdict = Schemas['types.RowVerdict'];
export type ListReport = Schemas['types.ListReport'];
export type UndoReport = Schemas['types.UndoReport'];
export type ImportBatch = Schemas['types.ImportBatch'];
