#include "services/ctl/person_text.h"

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/types.h"
#include "services/ctl/proposal_text.h"

static const char *day_text(const Types__Day *day, char ret[DAY_TEXT_SIZE])
{
        if (day == NULL)
                return "non dit";
        day_format(day_of(day), ret);
        return ret;
}

/* The day of an instant is enough for a reader. */
static const char *instant_day(const Types__Instant *at, char ret[INSTANT_TEXT_SIZE])
{
        if (at == NULL)
                return "non dit";
        instant_format(at->ms, ret);
        ret[DAY_TEXT_SIZE - 1] = '\0';
        return ret;
}

const char *outcome_text(Tracking__Outcome outcome)
{
        static const char *const names[] = {"issue non connue", "emploi durable", "emploi de transition",
                                            "sortie positive",  "autre sortie",   "hors du calcul (retrait)"};
        return (size_t)outcome < ARRAY_SIZE(names) ? names[outcome] : names[0];
}

const char *outcome_moment_text(Tracking__OutcomeMoment at)
{
        static const char *const names[] = {"à un moment non dit", "à la sortie", "à six mois", "à douze mois"};
        return (size_t)at < ARRAY_SIZE(names) ? names[at] : names[0];
}

void person_text_sharing(FILE *file, const Tracking__Sharing *sharing)
{
        char at[INSTANT_TEXT_SIZE], to[ID_TEXT_SIZE] = "";
        const Types__Id *id = sharing->organisation != NULL ? sharing->organisation : sharing->account;
        if (id != NULL)
                id_format(id_of(id), to);
        (void)fprintf(file, "  %s%s%s, depuis le %s : %s.\n      %s ; %s\n", sharing->recipient,
                      to[0] != '\0' ? " " : "", to, instant_day(sharing->at, at), sharing->content, sharing->basis,
                      sharing->purpose);
}

static void tell_identity(FILE *file, const Tracking__Identity *identity)
{
        static const char *const sexes[] = {"non dit", "femme", "homme"};
        char born[DAY_TEXT_SIZE];
        if (identity->birth_name[0] != '\0')
                (void)fprintf(file, "  Nom de naissance : %s\n", identity->birth_name);
        if (identity->birth_vouched_by[0] != '\0')
                (void)fprintf(file, "  Naissance attestée par : %s\n", identity->birth_vouched_by);
        (void)fprintf(file, "  Nom : %s\n  Prénom : %s\n  Naissance : %s\n  Sexe : %s\n", identity->family_name,
                      identity->one_name ? "aucun (un seul nom)" : identity->given_name,
                      identity->born_in[0] != '\0' ? identity->born_in : day_text(identity->born_on, born),
                      identity->sex <= TRACKING__SEX__MAN ? sexes[identity->sex] : sexes[0]);
        (void)fprintf(file, "  Téléphone : %s\n  Courriel : %s\n  Commune : %s\n", identity->phone, identity->email,
                      identity->commune);
}

static void tell_act(FILE *file, const char *what, const Tracking__EligibilityAct *act)
{
        char on[DAY_TEXT_SIZE];
        if (act != NULL)
                (void)fprintf(file, "    %s le %s par %s. %s\n", what, day_text(act->on, on), act->by, act->reason);
}

static void tell_proofs(FILE *file, const Tracking__BeneficiaryFile *person)
{
        if (person->n_proofs > 0)
                (void)fprintf(file, "\nJustificatifs vus (aucune pièce n'est gardée)\n");
        for (size_t i = 0; i < person->n_proofs; i++) {
                const Tracking__SeenProof *one = person->proofs[i];
                char dated[DAY_TEXT_SIZE], seen[DAY_TEXT_SIZE];
                (void)fprintf(file, "  %s du %s, délivré par %s, vu le %s par %s\n", one->proof_code,
                              day_text(one->dated, dated), one->issuer, day_text(one->seen_on, seen), one->seen_by);
                if (one->valid_until != NULL)
                        (void)fprintf(file, "    valable jusqu'au %s\n", day_text(one->valid_until, dated));
                tell_act(file, "retiré", one->withdrawn);
        }
}

static void tell_decision(FILE *file, const Tracking__Eligibility *one)
{
        char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE], proof[DAY_TEXT_SIZE], on[DAY_TEXT_SIZE];
        (void)fprintf(file, "  %s, du %s au %s, public %s, justificatif %s du %s, décidé le %s par %s. %s\n",
                      one->eligible ? "éligible" : "non éligible", day_text(one->valid_from, from),
                      day_text(one->valid_until, until), one->public_code, one->proof_code,
                      day_text(one->proof_dated, proof), day_text(one->decided_on, on), one->decided_by, one->reason);
        if (one->perimeter[0] != '\0')
                (void)fprintf(file, "    adresse jugée le %s (liste %s), sans la garder ici\n",
                              day_text(one->judged_on, on), one->perimeter);
        if (one->retroactive_reason[0] != '\0')
                (void)fprintf(file, "    rétroactive : %s\n", one->retroactive_reason);
        if (one->confirmed_by[0] != '\0')
                (void)fprintf(file, "    confirmée le %s par %s\n", day_text(one->confirmed_on, on), one->confirmed_by);
        if (one->state == TRACKING__DECISION_STATE__DECISION_TO_CONFIRM)
                (void)fprintf(file, "    en attente d'un second regard : elle ne compte pas encore\n");
        tell_act(file, one->state == TRACKING__DECISION_STATE__DECISION_STRUCK ? "annulée" : "non confirmée",
                 one->undone);
}

static void tell_decisions(FILE *file, const Tracking__BeneficiaryFile *person)
{
        (void)fprintf(file, "\nDécisions d'éligibilité\n");
        for (size_t i = 0; i < person->n_eligibilities; i++)
                tell_decision(file, person->eligibilities[i]);
        for (size_t i = 0; i < person->n_suspensions; i++) {
                const Tracking__Suspension *one = person->suspensions[i];
                char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
                (void)fprintf(file, "  suspendue du %s au %s\n", day_text(one->suspended_from, from),
                              day_text(one->suspended_until, until));
                tell_act(file, "suspendue", one->act);
                tell_act(file, "levée", one->resumed);
        }
        tell_proofs(file, person);
}

static void tell_outcome(FILE *file, const Tracking__OutcomeView *one)
{
        char on[DAY_TEXT_SIZE];
        if (one->not_reached)
                (void)fprintf(file, "    %s : pas jointe, %u essai(s), le dernier le %s\n",
                              outcome_moment_text(one->at), one->attempts, day_text(one->known_on, on));
        else
                (void)fprintf(file, "    %s : %s, su le %s (%s)\n", outcome_moment_text(one->at),
                              outcome_text(one->outcome), day_text(one->known_on, on),
                              one->source_code[0] != '\0' ? one->source_code : "à la fin du parcours");
}

/* Why they were sent back, or others validated. */
static void tell_words(FILE *file, const Tracking__HoursEntry *entry)
{
        char at[INSTANT_TEXT_SIZE];
        if (entry->reason[0] != '\0' || entry->label[0] != '\0')
                (void)fprintf(file, "      le %s, %s : %s%s%s\n", instant_day(entry->at, at),
                              entry->act == TRACKING__HOURS_ACT__ACT_SENT_BACK ? "renvoyées" : "validées", entry->label,
                              entry->label[0] != '\0' && entry->reason[0] != '\0' ? ", " : "", entry->reason);
}

static void tell_placement(FILE *file, const Tracking__ExportedPlacement *one)
{
        char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE];
        (void)fprintf(file, "  chez %s, du %s au %s, %s, métier %s\n", one->employer_name,
                      day_text(one->starts_on, from), day_text(one->ends_on, until), one->work_contract,
                      one->rome_code);
        if (one->employer_reference[0] != '\0')
                (void)fprintf(file, "    l'employeur l'appelle « %s »\n", one->employer_reference);
        for (size_t i = 0; i < one->n_months; i++) {
                const Tracking__ExportedMonth *month = one->months[i];
                char name[MONTH_TEXT_SIZE], declared[QUANTITY_TEXT_SIZE], validated[QUANTITY_TEXT_SIZE] = "pas encore";
                month_format(month_of(month->month), name);
                hours_format(hours_of(month->submitted), declared);
                if (month->validated != NULL)
                        hours_format(hours_of(month->validated), validated);
                (void)fprintf(file, "    %s : heures déclarées %s, validées %s\n", name, declared, validated);
                for (size_t n = 0; n < month->n_history; n++)
                        tell_words(file, month->history[n]);
        }
        for (size_t i = 0; i < one->n_documents; i++) {
                char at[INSTANT_TEXT_SIZE];
                (void)fprintf(file, "    document « %s », joint le %s\n", one->documents[i]->title,
                              instant_day(one->documents[i]->attached_at, at));
        }
        for (size_t i = 0; i < one->n_outcomes; i++)
                tell_outcome(file, one->outcomes[i]);
}

static void tell_work(FILE *file, const Tracking__PersonExport *whole)
{
        (void)fprintf(file, "\nParcours\n");
        for (size_t i = 0; i < whole->n_placements; i++)
                tell_placement(file, whole->placements[i]);
        for (size_t i = 0; i < whole->file->n_exits; i++) {
                const Tracking__PlacementExit *ended = whole->file->exits[i];
                char on[DAY_TEXT_SIZE];
                (void)fprintf(file, "  terminé le %s. %s %s\n", day_text(ended->ended_on, on), ended->end_code,
                              ended->reason);
        }
        for (size_t i = 0; i < whole->n_corrections; i++) {
                const Tracking__CorrectedAct *one = whole->corrections[i];
                char at[INSTANT_TEXT_SIZE];
                (void)fprintf(file, "  corrigé le %s par %s (%s). Pourquoi : %s\n", instant_day(one->at, at),
                              one->decided_by, one->act, one->correction);
        }
}

static void tell_proposals(FILE *file, const Tracking__PersonExport *whole)
{
        (void)fprintf(file, "\nPropositions\n");
        for (size_t i = 0; i < whole->n_proposals; i++) {
                const Tracking__ProposalView *one = whole->proposals[i];
                char on[DAY_TEXT_SIZE];
                (void)fprintf(file, "  %s, pour « %s »%s%s\n", one->label, one->need_title,
                              one->company_name[0] != '\0' ? ", chez " : "", one->company_name);
                for (size_t n = 0; n < one->n_steps; n++)
                        (void)fprintf(file, "    le %s : %s%s%s%s\n", day_text(one->steps[n]->happened_on, on),
                                      proposal_state_text(one->steps[n]->state),
                                      one->steps[n]->outcome_label[0] != '\0' ? ", " : "", one->steps[n]->outcome_label,
                                      one->steps[n]->replaced ? " (faux, corrigé depuis)" : "");
        }
        for (size_t i = 0; i < whole->file->n_proposal_words; i++) {
                const Tracking__ProposalWords *words = whole->file->proposal_words[i];
                char on[DAY_TEXT_SIZE];
                (void)fprintf(file, "  dit le %s : %s%s%s\n", day_text(words->happened_on, on), words->words,
                              words->correction[0] != '\0' ? " Corrigé parce que : " : "", words->correction);
        }
}

static void tell_evidence(FILE *file, const Tracking__PersonExport *whole)
{
        for (size_t i = 0; i < whole->file->n_evidence_words; i++) {
                const Tracking__EvidenceWords *words = whole->file->evidence_words[i];
                char on[DAY_TEXT_SIZE];
                if (i == 0)
                        (void)fprintf(file, "\nContrôles où un parcours a été tiré au sort\n");
                (void)fprintf(file, "  le %s : %s%s%s", day_text(words->happened_on, on), words->words,
                              words->correction[0] != '\0' ? " Repris parce que : " : "", words->correction);
                for (size_t n = 0; n < words->n_issuers; n++)
                        (void)fprintf(file, " Pièce de : %s.", words->issuers[n]);
                (void)fprintf(file, "\n");
        }
}

static void tell_readings(FILE *file, const Tracking__PersonExport *whole)
{
        (void)fprintf(file, "\nQui a lu le dossier (les 200 dernières lectures)\n");
        for (size_t i = 0; i < whole->n_readings; i++) {
                const Tracking__ExportedReading *one = whole->readings[i];
                char at[INSTANT_TEXT_SIZE];
                (void)fprintf(file, "  le %s, %s%s : %s. %s\n", instant_day(one->at, at), one->user,
                              one->exported              ? ", tout le dossier"
                              : one->sought              ? ", recherche par l'identité"
                              : one->document_id != NULL ? ", un document"
                                                         : "",
                              one->reason_label, one->reason);
        }
}

static void tell_rectifications(FILE *file, const Tracking__PersonExport *whole)
{
        for (size_t i = 0; i < whole->n_rectifications; i++) {
                const Tracking__Rectification *one = whole->rectifications[i];
                char at[INSTANT_TEXT_SIZE];
                (void)fprintf(file, "\nIdentité jusqu'au %s, rectifiée par %s. %s\n", instant_day(one->at, at),
                              one->decided_by, one->reason);
                tell_identity(file, one->before);
        }
}

/* ---- follow-up */

static void tell_notes(FILE *file, Tracking__FollowUpNote *const *notes, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                char at[INSTANT_TEXT_SIZE];
                if (notes[i]->correction[0] != '\0')
                        (void)fprintf(file, "    corrigé le %s par %s. Pourquoi : %s\n", instant_day(notes[i]->at, at),
                                      notes[i]->by, notes[i]->correction);
                else if (i + 1 < count)
                        (void)fprintf(file, "    d'abord : %s\n", notes[i]->text);
        }
}

void person_text_contact(FILE *file, const Tracking__ContactLine *line)
{
        static const char *const with[] = {"", "la personne", "le tuteur", "le référent", "le prescripteur"};
        char on[DAY_TEXT_SIZE], id[ID_TEXT_SIZE];
        const Tracking__FollowUpContact *contact = line->contact;
        id_format(id_of(line->contact_id), id);
        (void)fprintf(file, "  %s  %s, %s, avec %s, %s%s, noté par %s\n", id, day_text(contact->happened_on, on),
                      line->kind_label,
                      (size_t)contact->met_with < ARRAY_SIZE(with) ? with[contact->met_with] : with[0],
                      line->result_label, line->withdrawn ? ", RETIRÉ" : "", line->recorded_by);
        if (contact->text[0] != '\0')
                (void)fprintf(file, "    %s\n", contact->text);
        tell_notes(file, line->notes, line->n_notes);
}

void person_text_action(FILE *file, const Tracking__ActionLine *line)
{
        static const char *const states[] = {"", "demandée", "en cours", "faite", "abandonnée"};
        char id[ID_TEXT_SIZE], asked[DAY_TEXT_SIZE], ended[DAY_TEXT_SIZE], hours[QUANTITY_TEXT_SIZE] = "0";
        id_format(id_of(line->action_id), id);
        if (line->hours != NULL)
                hours_format(hours_of(line->hours), hours);
        (void)fprintf(file, "  %s  %s, demandée le %s, %s%s%s, %s h %s\n", id, line->kind_label,
                      day_text(line->asked_on, asked),
                      (size_t)line->state < ARRAY_SIZE(states) ? states[line->state] : states[0],
                      line->ended_on != NULL ? " le " : "",
                      line->ended_on != NULL ? day_text(line->ended_on, ended) : "", hours, line->giving_up_code);
        if (line->text[0] != '\0')
                (void)fprintf(file, "    %s\n", line->text);
        tell_notes(file, line->notes, line->n_notes);
}

void person_text_follow_up(FILE *file, const Tracking__FollowUpNotes *notes)
{
        (void)fprintf(file, "\nSuivi\n");
        for (size_t i = 0; i < notes->n_actions; i++)
                person_text_action(file, notes->actions[i]);
        for (size_t i = 0; i < notes->n_contacts; i++)
                person_text_contact(file, notes->contacts[i]);
}

void person_text(FILE *file, const Tracking__PersonExport *whole)
{
        char at[INSTANT_TEXT_SIZE];
        (void)fprintf(file, "Ce que le réseau garde de vous\n\nIdentité\n");
        tell_identity(file, whole->file->identity);
        (void)fprintf(file, "  Orientation : le %s, suivi par le département %s\n", instant_day(whole->referred_at, at),
                      whole->file->territory);
        if (whole->restriction_code[0] != '\0')
                (void)fprintf(file, "  Traitement limité depuis le %s (%s)\n", instant_day(whole->restricted_at, at),
                              whole->restriction_code);
        if (whole->ends_at != NULL)
                (void)fprintf(file, "  Fin de conservation annoncée pour le %s\n", instant_day(whole->ends_at, at));
        (void)fprintf(file, "  Empreintes de l'identité, par lesquelles vous êtes retrouvée : %u\n",
                      whole->identity_digests);
        for (size_t i = 0; i < whole->n_merged_with; i++) {
                char other[ID_TEXT_SIZE];
                id_format(id_of(whole->merged_with[i]), other);
                (void)fprintf(file, "  Dossier réuni à celui-ci, qui se sort à part : %s\n", other);
        }
        tell_decisions(file, whole->file);
        tell_proposals(file, whole);
        tell_work(file, whole);
        if (whole->follow_up != NULL)
                person_text_follow_up(file, whole->follow_up);
        tell_evidence(file, whole);
        tell_readings(file, whole);
        tell_rectifications(file, whole);
        (void)fprintf(file, "\nÀ qui cela a été dit, sur quelle base, pour quoi\n");
        for (size_t i = 0; i < whole->n_sharings; i++)
                person_text_sharing(file, whole->sharings[i]);
}
