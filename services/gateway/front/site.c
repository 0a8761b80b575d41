#include "services/gateway/front/site.h"

#include "services/gateway/front/answer.h"
#include "services/gateway/front/encoding.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/visit.h"

void site_page(struct visit *visit)
{
        const struct page *page = pages_find(gateway_pages(visit->gateway), http_path(visit->request));
        struct refusal refusal;

        if (page == NULL) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "", "Il n'y a rien à l'adresse « %.120s ».",
                             http_path(visit->request));
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
                return;
        }
        bool known = etag_is_known(page->etag, http_header(visit->request, "If-None-Match"));
        bool squeezed = !known && page->squeezed.size > 0 &&
                        encoding_takes_gzip(http_header(visit->request, "Accept-Encoding"));
        struct http_response response = {
                .status = known ? 304 : 200,
                .body = known      ? slice_of(NULL, 0)
                        : squeezed ? page->squeezed
                                   : page->body,
                .headers = {{"Content-Type", page->type},
                            {"ETag", page->etag},
                            {"Cache-Control", "no-cache"},
                            {"Vary", "Accept-Encoding"},
                            {squeezed ? "Content-Encoding" : NULL, "gzip"}},
        };
        http_answer(visit->request, &response);
}
