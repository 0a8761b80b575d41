#include "services/contracts/association/association_texts.h"

#include "contracts/association.pb-c.h"
#include "services/contracts/association/decline.h"
#include "common/texts/texts.h"

static int bad(struct err_info *info, const Texts__TextVersion *version, const char *name)
{
        return err_set(info, ERR_CONFIG, "association_texts.json: version %s: needs %s", version->version, name);
}

int association_texts_check(const struct dated *texts, struct err_info *info)
{
        const Texts__TextLibrary *library = (const Texts__TextLibrary *)texts->root;
        for (size_t i = 0; i < library->n_versions; i++) {
                if (text_find(library->versions[i], "decline_letter") == NULL)
                        return bad(info, library->versions[i], "decline_letter");
                for (int reason = 1; reason <= CONTRACTS__DECLINE_REASON__DECLINED_OTHERWISE; reason++) {
                        const char *name = decline_reason_name((Contracts__DeclineReason)reason);
                        const Texts__Text *text = text_find(library->versions[i], name);
                        if (text == NULL || text->n_lines != 2)
                                return bad(info, library->versions[i], name);
                }
        }
        return 0;
}
