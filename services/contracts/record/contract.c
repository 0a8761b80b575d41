#include "services/contracts/record/contract.h"

#include "common/base/siret.h"
#include "common/base/text.h"

/* "No social consideration" beside another one says two things at once; no count could be true of it. */
static bool considerations_contradict(const Contracts__ContractRecord *record)
{
        bool none = false, some = false;
        for (size_t i = 0; i < record->n_social; i++)
                if (record->social[i] == CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL)
                        none = true;
                else
                        some = true;
        return none && some;
}

/* What every contract says, published or ours. */
static bool check_core(const Contracts__ContractRecord *record, struct refusal *ret_refusal)
{
        if (record->kind == CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.kind",
                              "La sorte de contrat manque : indiquez MARKET, CONCESSION ou PRIVATE.");
        if (!text_is_digits(record->buyer_siret, SIRET_DIGITS))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.buyer_siret",
                              "Le SIRET de l'acheteur doit compter 14 chiffres, sans espace : corrigez-le.");
        if (text_is_empty(record->object))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.object",
                              "L'objet du contrat manque : reprenez celui de la publication.");
        if (record->amount != NULL && record->amount->cents < 0)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.amount",
                        "Le montant ne peut pas être négatif : corrigez-le, ou laissez-le vide s'il est inconnu.");
        if (considerations_contradict(record))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.social",
                              "« Pas de considération sociale » ne peut pas accompagner une autre considération : "
                              "gardez l'une ou l'autre.");
        return true;
}

bool contract_check(const Contracts__ContractRecord *record, struct refusal *ret_refusal)
{
        if (record->format == CONTRACTS__RECORD_FORMAT__OURS || record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.format",
                              "Seul un contrat publié s'importe : ouvrez les vôtres, et les contrats privés, par "
                              "OpenContract.");
        if (text_is_empty(record->number))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.number",
                              "Le numéro du contrat manque : reprenez celui de l'acheteur.");
        return check_core(record, ret_refusal);
}

/* What is typed is checked more than what was published: there is somebody to correct it. */
static bool check_numbers(const Contracts__ContractRecord *record, struct refusal *ret_refusal)
{
        if (!siret_valid(record->buyer_siret))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.buyer_siret",
                              "Les clés du SIRET de l'acheteur sont fausses : recopiez ses 14 chiffres.");
        for (size_t i = 0; i < record->n_contractors; i++)
                if (record->contractors[i]->kind == CONTRACTS__COMPANY_ID_KIND__SIRET &&
                    !siret_valid(record->contractors[i]->value))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.contractors.value",
                                      "Le SIRET du titulaire %zu compte 14 chiffres, dont les clés sont justes : "
                                      "recopiez-le.",
                                      i + 1);
        return true;
}

bool contract_check_ours(const Contracts__ContractRecord *record, struct refusal *ret_refusal)
{
        return check_core(record, ret_refusal) && check_numbers(record, ret_refusal);
}

bool contract_check_lots(Contracts__Lot *const *lots, size_t count, struct refusal *ret_refusal)
{
        for (size_t i = 0; i < count; i++) {
                for (size_t j = 0; j < i; j++)
                        if (lots[j]->number == lots[i]->number)
                                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "lots.number",
                                              "Le lot %u est décrit deux fois : gardez une seule description.",
                                              lots[i]->number);
        }
        return true;
}

struct contract_current contract_current(const Contracts__ContractRecord *record)
{
        struct contract_current current = {record->amount, record->duration_months};
        for (size_t i = 0; i < record->n_modifications; i++) {
                const Contracts__Modification *modification = record->modifications[i];
                if (modification->amount != NULL)
                        current.amount = modification->amount;
                if (modification->duration_months != 0)
                        current.duration_months = modification->duration_months;
        }
        return current;
}

bool contract_admits(const Contracts__ContractFile *file, struct refusal *ret_refusal)
{
        if (file == NULL || !file->declined)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                      "Ce contrat est décliné : si l'acheteur a régularisé, reprenez-le d'abord (ResumeContract).");
}

static bool has_lot(const Contracts__ContractFile *file, uint32_t lot)
{
        if (file == NULL || file->n_lots == 0)
                return true; /* not described: any number */
        for (size_t i = 0; i < file->n_lots; i++)
                if (file->lots[i]->number == lot)
                        return true;
        return false;
}

bool contract_check_lot(const Contracts__ContractFile *file, uint32_t lot, struct refusal *ret_refusal)
{
        return has_lot(file, lot) || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "lot",
                                            "Ce contrat n'a pas de lot %u : complétez ses lots (AmendContract).", lot);
}
