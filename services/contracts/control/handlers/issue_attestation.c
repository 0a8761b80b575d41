/* issue_attestation: the company is quit of the hours of a lot: the letter to it and to the buyer. Issued once; asked
 * again, the same.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: AttestationIssued, or nothing.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (hours remain that the buyer did not waive, or a case is open). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/french.h"
#include "services/contracts/control/letters.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"

static bool may_attest(const struct work *work, const struct loaded_control *loaded, const struct case_sums *sums,
                       struct refusal *ret_refusal)
{
        int64_t remaining = hours_hundredths(loaded->pace.owed) - hours_hundredths(loaded->pace.done);

        if (sums->has_open)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Un dossier de contrôle est ouvert sur cette obligation : clôturez-le d'abord.");
        if (remaining <= hours_hundredths(sums->waived))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Il reste %s à réaliser, auxquelles l'acheteur n'a pas renoncé : l'attestation attend qu'elles "
                      "soient faites, ou sa décision.",
                      french_hours(work->arena, hours_of_hundredths(remaining)));
}

/* By a posting of the ledger, and by the decisions of cases. */
static struct hours waived_in_all(const struct work *work, const struct loaded_control *loaded,
                                  const struct case_sums *sums)
{
        struct ledger ledger = contracts_ledger(work->txn, work->arena, id_of(loaded->obligation->obligation_id));
        return hours_of_hundredths(hours_hundredths(ledger.balance[ACCOUNT_WAIVED]) + hours_hundredths(sums->waived));
}

static struct reply answer(struct work *work, char *text, Types__Day *issued_on)
{
        Contracts__IssueAttestationReply *reply = pb_new(&contracts__issue_attestation_reply__descriptor, work->arena);
        reply->text = text;
        reply->issued_on = issued_on;
        return reply_ok(work, reply);
}

struct reply handle_issue_attestation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__IssueAttestation *command = (const Contracts__IssueAttestation *)message;
        Contracts__AttestationIssued body = CONTRACTS__ATTESTATION_ISSUED__INIT;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__ObligationControl *control = control_of(work->txn, work->arena, loaded.obligation->obligation_id);
        if (control->attested_on != NULL)
                return answer(work, control->attestation, control->attested_on);
        struct case_sums sums = loaded_control_sums(work, &loaded, (struct id){{0}});
        if (!may_attest(work, &loaded, &sums, &refusal))
                return reply_refusal(work, &refusal);
        struct hours waived = waived_in_all(work, &loaded, &sums);
        body.text = letter_attestation(work, &loaded, waived, &body.texts_version, &refusal);
        if (body.text == NULL)
                return reply_refusal(work, &refusal);

        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.issued_on = day_to(work->arena, work->today);
        body.waived_hours = hours_to(work->arena, waived);
        work_record(work, &body.base);
        return answer(work, body.text, body.issued_on);
}
