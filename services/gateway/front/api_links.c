#include "services/gateway/front/api_links.h"

#include "services/gateway/front/site.h"
#include "services/gateway/links/frame.h"
#include "services/gateway/links/legal.h"

void api_link_show(struct visit *visit)
{
        links_show(visit->gateway->links, visit->request, visit->segments[0]);
}

void api_link_act(struct visit *visit)
{
        links_act(visit->gateway->links, visit->request, visit->segments[0]);
}

void api_link_again(struct visit *visit)
{
        links_ask_again(visit->gateway->links, visit->request);
}

void api_about(struct visit *visit)
{
        struct html html;
        const char *title = legal_title(visit->segments[0]);
        if (title == NULL) {
                site_page(visit); /* as of any address that is nobody's */
                return;
        }
        frame_begin(&html, visit->request, title);
        legal_put(&html, visit->gateway->legal, visit->segments[0]);
        frame_answer(visit->request, 200, &html);
}
