#include "services/tracking/controls/judging.h"

#include "common/base/text.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/wording.h"
#include "tracking/events.pb-c.h"
#include "tracking/state.pb-c.h"

#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE

const Tracking__ControlVersion *controls_rules(const struct work *work)
{
        return dated_on(&tracking_of(work)->controls, work->today);
}

/* ---- what a step is about */

static bool is_asked(const Wire__Passport *actor, const Tracking__EvidenceRow *row)
{
        return (actor->role == TYPES__ROLE__COMPANY || actor->role == TYPES__ROLE__STRUCTURE) &&
               row->organisation != NULL && passport_is_organisation(actor, id_of(row->organisation));
}

/* Security: what is only drawn is nothing that an employer knows of. */
bool judging_reads(const struct work *work, const struct evidence *evidence)
{
        struct placement placement;
        if (!tracking_placement(work->txn, evidence->placement, &placement))
                return false;
        if (is_asked(work->actor, evidence->row))
                return evidence_came_to(evidence->row, TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED) &&
                       !placement.is_frozen && !evidence->row->erased;
        return scope_is_watcher(work->actor) && scope_reads_placement(work, &placement);
}

bool judging_find(const struct work *work, const Types__Id *control, const Types__Id *placement, struct judged *ret,
                  struct refusal *ret_refusal)
{
        ret->control = tracking_control(work->txn, id_of(control), work->arena);
        if (ret->control != NULL &&
            tracking_evidence(work->txn, id_of(control), id_of(placement), work->arena, &ret->evidence) &&
            tracking_placement(work->txn, id_of(placement), &ret->placement) && judging_reads(work, &ret->evidence))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "placement_id",
                      "Ce parcours n'est pas de ce contrôle, ou n'est pas à voir par vous : relisez la liste du "
                      "contrôle.");
}

bool judging_load(const struct work *work, const Types__Id *control, const Types__Id *placement, struct judged *ret,
                  struct refusal *ret_refusal)
{
        if (!judging_find(work, control, placement, ret, ret_refusal))
                return false;
        if (ret->control->closed_on != NULL)
                return refuse(ret_refusal, WRONG_STATE, "control_id",
                              "Ce contrôle est clos : rouvrez-le, avec le motif, pour y revenir.");
        if (ret->evidence.row->erased)
                return refuse(ret_refusal, WRONG_STATE, "placement_id",
                              "Le dossier de la personne a été effacé : ce parcours est mis à part dans le contrôle.");
        return !ret->placement.is_frozen || refuse(ret_refusal, WRONG_STATE, "placement_id", "%s", PLACEMENT_FROZEN);
}

/* ---- who may judge alone (decision 0054) */

static bool has_referred(const struct work *work, const Tracking__BeneficiaryRow *person)
{
        if (person->prescriber != NULL)
                return passport_is_organisation(work->actor, id_of(person->prescriber));
        return person->referred_by != NULL && id_equal(id_of(person->referred_by), passport_account(work->actor));
}

static bool has_decided(const struct work *work, struct id file)
{
        const Tracking__EligibilityRow *row = tracking_eligibility(work->txn, file, work->arena);
        for (size_t i = 0; i < row->n_decisions; i++)
                if (row->decisions[i]->eligible && row->decisions[i]->decided_by != NULL &&
                    row->decisions[i]->state != TRACKING__DECISION_STATE__DECISION_TURNED_DOWN &&
                    id_equal(id_of(row->decisions[i]->decided_by), passport_account(work->actor)))
                        return true;
        return false;
}

bool judging_is_guarantor(const struct work *work, struct id beneficiary)
{
        struct files files = identity_files(work->txn, beneficiary);
        for (size_t i = 0; i < files.count; i++) {
                const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, files.at[i], work->arena);
                if (person != NULL && (has_referred(work, person) || has_decided(work, files.at[i])))
                        return true;
        }
        return false;
}

/* ---- recording */

bool judging_words_are_sound(const char *words, const char *field, struct refusal *ret)
{
        return !text_holds_nir(words) ||
               refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Retirez le numéro de sécurité sociale de ce texte : il ne doit pas être conservé.");
}

int judging_seal(struct work *work, const struct judged *judged, const struct evidence_said *said, char *correction,
                 struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        Tracking__EvidenceWords words = TRACKING__EVIDENCE_WORDS__INIT;
        bool has_issuer = false;
        words.issuers = arena_alloc(work->arena, (said->piece_count + 1) * sizeof(char *));
        for (size_t i = 0; i < said->piece_count; i++) {
                has_issuer = has_issuer || !text_is_empty(said->pieces[i]->issuer);
                words.issuers[words.n_issuers++] = said->pieces[i]->issuer;
        }
        *ret_sealed = slice_of(NULL, 0);
        if (!has_issuer && text_is_empty(said->words) && text_is_empty(correction))
                return 0;
        words.control_id = id_to(work->arena, judged->evidence.control);
        words.placement_id = id_to(work->arena, judged->evidence.placement);
        words.state = said->to;
        words.happened_on = day_to(work->arena, day_of(said->on));
        words.words = said->words != NULL ? said->words : words.words;
        words.correction = correction != NULL ? correction : words.correction;
        content.content_case = TRACKING__SEALED__CONTENT_EVIDENCE_WORDS;
        content.evidence_words = &words;
        return work_seal(work, id_of(judged->evidence.row->beneficiary_id), &content, ret_sealed);
}

/* Without who made them out: that may tell what makes her eligible. */
static void put_pieces(struct work *work, const struct evidence_said *said, Tracking__EvidenceStep *step)
{
        step->pieces = arena_alloc(work->arena, (said->piece_count + 1) * sizeof(*step->pieces));
        for (size_t i = 0; i < said->piece_count; i++) {
                Tracking__EvidencePiece *piece = pb_new(&tracking__evidence_piece__descriptor, work->arena);
                piece->evidence_code = said->pieces[i]->evidence_code;
                piece->dated = said->pieces[i]->dated;
                piece->document_id = said->pieces[i]->document_id;
                step->pieces[step->n_pieces++] = piece;
        }
}

char **judging_evidence(const struct work *work, const Tracking__ControlRow *control)
{
        const Tracking__ControlVersion *rules = dated_on(&tracking_of(work)->controls, day_of(control->drawn_on));
        char **labels = arena_alloc(work->arena, (control->n_evidence_codes + 1) * sizeof(*labels));
        for (size_t i = 0; i < control->n_evidence_codes; i++)
                labels[i] = arena_text(work->arena, control_label(rules->evidence_kinds, rules->n_evidence_kinds,
                                                                  control->evidence_codes[i]));
        return labels;
}

int judging_record(struct work *work, const struct judged *judged, const struct evidence_said *said,
                   Tracking__EvidenceStep **ret_step)
{
        Tracking__EvidenceStep *step = pb_new(&tracking__evidence_step__descriptor, work->arena);
        Tracking__EvidenceMoved moved = TRACKING__EVIDENCE_MOVED__INIT;
        struct slice sealed;
        int err = judging_seal(work, judged, said, NULL, &sealed);
        if (err != 0)
                return err;
        step->state = said->to;
        step->happened_on = day_to(work->arena, day_of(said->on));
        step->by = work->actor->role;
        step->accepted = said->accepted;
        step->code = arena_text(work->arena, said->code == NULL ? "" : said->code);
        step->label = arena_text(work->arena, said->label == NULL ? "" : said->label);
        put_pieces(work, said, step);
        evidence_follow_up(controls_rules(work), judged->evidence.row->organisation != NULL, step, work->arena);
        moved.control_id = id_to(work->arena, judged->evidence.control);
        moved.placement_id = id_to(work->arena, judged->evidence.placement);
        moved.beneficiary_id = judged->evidence.row->beneficiary_id;
        moved.territory = judged->control->territory;
        moved.organisation = judged->evidence.row->organisation;
        moved.step = step;
        moved.is_private = judged->placement.is_private;
        moved.evidence = judging_evidence(work, judged->control);
        moved.n_evidence = judged->control->n_evidence_codes;
        work_record_sealed(work, &moved.base, sealed);
        *ret_step = step;
        return 0;
}

struct reply judging_reply(struct work *work, const Tracking__EvidenceStep *step, uint32_t months_to_check)
{
        Tracking__EvidenceReply *reply = pb_new(&tracking__evidence_reply__descriptor, work->arena);
        reply->state = step->state;
        reply->next_actor = step->next_actor;
        reply->next_action = arena_text(work->arena, evidence_action(controls_rules(work), step));
        reply->act_by = step->act_by;
        reply->months_to_check = months_to_check;
        return reply_ok(work, reply);
}

Tracking__ControlFigures *judging_figures(const struct work *work, struct id control)
{
        Tracking__ControlFigures *figures = pb_new(&tracking__control_figures__descriptor, work->arena);
        struct evidence_list list = evidence_of(work->txn, control, work->arena);
        for (size_t i = 0; i < list.count; i++)
                control_count(figures, list.at[i].row, judging_reads(work, &list.at[i]));
        control_share(figures, work->arena);
        return figures;
}
