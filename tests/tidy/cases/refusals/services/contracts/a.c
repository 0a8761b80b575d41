bool a(struct refusal *ret)
{
        if (b)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id", "Le texte peut dire agreementId.");
        if (c)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "agreementId", "Non.");
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD,
                      "record.buyerSiret", "Non.");
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.buyer_siret",
                      "Donnez starts_on et ends_on, ou rules.json.");
}
