#include "services/contracts/record/subject.h"

#include "common/base/text.h"

bool subject_find(const struct work *work, const Types__Id *contract_id, struct subject *ret,
                  struct refusal *ret_refusal)
{
        struct subject subject = {.id = id_of(contract_id)};

        subject.record = contracts_record_find(work->txn, work->arena, subject.id);
        if (subject.record == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                              "Ce contrat n'est pas connu : vérifiez son identifiant, ouvrez-le ou importez-le.");
        subject.file = contracts_file_find(work->txn, work->arena, subject.id);
        *ret = subject;
        return true;
}

Contracts__ContractStage subject_stage(const struct subject *subject)
{
        return subject->file == NULL ? CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN : subject->file->stage;
}

char *subject_name(const struct subject *subject, struct arena *arena)
{
        return text_is_empty(subject->record->number) ? arena_text(arena, "contrat en préparation")
                                                      : arena_printf(arena, "contrat n° %s", subject->record->number);
}

char *subject_buyer(const struct subject *subject, struct arena *arena)
{
        return text_is_empty(subject->record->buyer_name)
                       ? arena_printf(arena, "l'acheteur de SIRET %s", subject->record->buyer_siret)
                       : arena_text(arena, subject->record->buyer_name);
}
