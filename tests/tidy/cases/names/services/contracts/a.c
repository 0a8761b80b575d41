#include "services/contracts/a.h"

static int check(int a)
{
        return a;
}

static bool may_renew(int a)
{
        return check(a) > 0;
}
