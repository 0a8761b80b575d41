#include "services/gateway/front/api_links.h"

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
