#include "services/contracts/association/decline.h"

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/types.h"

static bool check_associated(const Contracts__RecordAssociation *command, struct day last, struct refusal *ret_refusal)
{
        if (command->since == NULL || command->since->days > day_number(last))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "since",
                              "Donnez le jour où vous avez été associé : passé, et pas après la publication. Associé "
                              "plus tard, c'est NOT_ASSOCIATED.");
        switch (command->at) {
        case CONTRACTS__ASSOCIATION_STAGE__AT_PROGRAMMING:
        case CONTRACTS__ASSOCIATION_STAGE__AT_DESIGN:
        case CONTRACTS__ASSOCIATION_STAGE__AT_DRAFTING:
                return !text_is_empty(command->by) || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "by",
                                                             "Nommez le service de l'acheteur qui vous a associé.");
        default:
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "at",
                              "Dites à quelle étape vous avez été associé avant la publication : AT_PROGRAMMING, "
                              "AT_DESIGN ou AT_DRAFTING. Après la publication, c'est NOT_ASSOCIATED.");
        }
}

bool association_check(const Contracts__RecordAssociation *command, struct day last, struct refusal *ret_refusal)
{
        if (command->association == CONTRACTS__ASSOCIATION__ASSOCIATED)
                return check_associated(command, last, ret_refusal);
        if (command->since != NULL || command->at != CONTRACTS__ASSOCIATION_STAGE__ASSOCIATION_STAGE_UNKNOWN)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "since",
                        "Sans association, il n'y a ni date ni étape : laissez « Associé depuis » et « Associé à partir de » vides.");
        return true;
}

static bool is_declined(const Contracts__ContractFile *file)
{
        return file != NULL && file->declined;
}

static Contracts__Association association_of(const Contracts__ContractFile *file)
{
        return file == NULL || file->association == NULL ? CONTRACTS__ASSOCIATION__ASSOCIATION_UNKNOWN
                                                         : file->association->association;
}

bool decline_check(const Contracts__ContractFile *file, bool owed, struct refusal *ret_refusal)
{
        if (is_declined(file))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Ce contrat est déjà décliné : relisez sa lettre (DeclineLetter), ou reprenez-le.");
        if (association_of(file) != CONTRACTS__ASSOCIATION__NOT_ASSOCIATED)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Seul se décline un contrat auquel vous n'avez pas été associé : enregistrez-le d'abord "
                              "(RecordAssociation, NOT_ASSOCIATED).");
        if (owed)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Une entreprise doit déjà des heures de ce contrat : il ne se décline plus. Convenez de "
                              "la suite avec l'acheteur.");
        return true;
}

bool resume_check(const Contracts__ContractFile *file, struct refusal *ret_refusal)
{
        return is_declined(file) || refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                                           "Ce contrat n'est pas décliné : il n'y a rien à reprendre.");
}

const char *decline_reason_name(Contracts__DeclineReason reason)
{
        const ProtobufCEnumValue *value =
                protobuf_c_enum_descriptor_get_value(&contracts__decline_reason__descriptor, (int)reason);
        require(value != NULL); /* messages from outside are validated, our own are ours */
        return value->name;
}
