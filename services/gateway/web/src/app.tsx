// The page: takes the token, asks the gateway who it stands for, and shows the views of that role.
import { render } from 'preact';
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Api, Refused } from './api.ts';
import { takeArrival } from './arrival.ts';
import { Failsafe } from './components/Failsafe.tsx';
import { PageHead } from './components/PageHead.tsx';
import { Shell } from './components/Shell.tsx';
import { Contracts } from './components/Contracts.tsx';
import { DeskContext, useDesk, useRoute } from './hooks.ts';
import { Access } from './pages/Access.tsx';
import { Accounts } from './pages/Accounts.tsx';
import { ContractPage } from './pages/ContractPage.tsx';
import { Declare } from './pages/Declare.tsx';
import { Import } from './pages/Import.tsx';
import { Changes, Inbox } from './pages/Inbox.tsx';
import { Links } from './pages/Links.tsx';
import { Needs } from './pages/Needs.tsx';
import { NewNeed } from './pages/NewNeed.tsx';
import { NetworkPage } from './pages/NetworkPage.tsx';
import { Obligations } from './pages/Obligations.tsx';
import { OtherSession } from './pages/OtherSession.tsx';
import { Readings } from './pages/Readings.tsx';
import { Reference } from './pages/Reference.tsx';
import { Region } from './pages/Region.tsx';
import { SignIn } from './pages/SignIn.tsx';
import { Validate } from './pages/Validate.tsx';
import { viewsOf } from './roles.ts';
import { News, joinStream } from './stream/news.ts';
import { BY_COOKIE, cookieOf, forgetToken, isCookie, storeToken, storedToken, takeFragmentRole } from './session.ts';
import { takeFragmentToken } from './session.ts';
import type { Credential } from './session.ts';
import type { Session } from './types.ts';

function ContractsPage(): JSX.Element {
  return (
    <>
      <PageHead title="Contrats" />
      <Contracts limit={25} />
    </>
  );
}

const PAGES: Record<string, () => JSX.Element> = {
  region: Region,
  contrats: ContractsPage,
  besoins: Needs,
  heures: Validate,
  alertes: Inbox,
  changements: Changes,
  obligations: Obligations,
  declarer: Declare,
  besoin: NewNeed,
  importer: Import,
  reseau: NetworkPage,
  comptes: Accounts,
  liens: Links,
  lectures: Readings,
};

const REFERENCE = 'interface'; // every account's; from the foot of the page
const ACCESS = 'acces'; // every account's too; from the name of who acts

function Views(): JSX.Element {
  const { session } = useDesk();
  const route = useRoute();
  const views = viewsOf(session.role);
  const name = views.some((v) => v.path === route[0]) ? route[0]! : (views[0]?.path ?? '');
  const Page = PAGES[name];
  const contractId = name === 'contrats' ? route[1] : undefined;
  const isAccess = route[0] === ACCESS || (session.mustEnrol ?? false);
  return (
    <Shell current={route[0] === REFERENCE || isAccess ? '' : name}>
      <Failsafe key={route.join('/')}>
        {isAccess ? (
          <Access />
        ) : route[0] === REFERENCE ? (
          <Reference name={route.slice(1).join('/')} />
        ) : contractId ? (
          <ContractPage key={contractId} contractId={contractId} />
        ) : Page ? (
          <Page />
        ) : (
          <PageHead
            title="Rien à montrer"
            lead="Ce jeton n’ouvre aucune page. Demandez un autre rôle à l’exploitant."
          />
        )}
      </Failsafe>
    </Shell>
  );
}

// A token without a session is being checked; `typed` says that the form, which stays on screen meanwhile, gave it.
// `offered` came by a link while another session ran: the person is asked.
interface State {
  token: Credential | null;
  session: Session | null;
  problem: string;
  typed: boolean;
  ofToken: boolean; // the problem is one of a token that was given, and not of a session
  offered: string | null;
  renewed: string; // to be shown once
  leaving: boolean; // the session is being ended
}

const SIGNED_OUT: State = { token: null, session: null, problem: '', typed: false, ofToken: false, offered: null, renewed: '', leaving: false };

function Opening({ text }: { text: string }): JSX.Element {
  return (
    <main class="container">
      <p class="quiet" role="status">
        {text}
      </p>
    </main>
  );
}

function firstState(): State {
  const brought = takeFragmentToken(window);
  const running = storedToken(sessionStorage) ?? BY_COOKIE; // whether there is a cookie, the gateway knows
  return { ...SIGNED_OUT, token: running, offered: brought === running ? null : brought };
}

// A link of the invented region: the role to come in as. Resolved before the page asks who it is.
async function enterByFragment(): Promise<void> {
  const role = takeFragmentRole(window);
  if (!role) return;
  forgetToken(sessionStorage);
  await new Api('').enterDemo(role).catch(() => undefined); // the first page says what there is
}

// The session ends everywhere, and the browser forgets it; what came by a token (a demonstration) is only forgotten.
async function leave(api: Api): Promise<void> {
  await api.command('accounts/SignOut', {}).catch(() => undefined);
  await api.forget().catch(() => undefined);
}

function App(): JSX.Element {
  const [state, setState] = useState<State>(firstState);
  const latest = useRef(state);
  latest.current = state;
  const signOut = useCallback((problem: string = '', ofToken: boolean = false) => {
    forgetToken(sessionStorage);
    history.replaceState(null, '', location.pathname);
    const { session, token } = latest.current;
    const over = () => setState({ ...SIGNED_OUT, problem, ofToken });
    if (!session || !token || !isCookie(token) || problem) return over();
    setState({ ...SIGNED_OUT, token, leaving: true }); // whoever reads that she is out is out
    void leave(new Api(token)).then(over);
  }, []);
  const enter = useCallback(() => {
    forgetToken(sessionStorage);
    setState({ ...SIGNED_OUT, token: BY_COOKIE });
  }, []);
  const signIn = useCallback((token: string, typed: boolean) => {
    setState({ ...SIGNED_OUT, token, typed });
  }, []);
  const changeToken = useCallback((token: string) => {
    storeToken(sessionStorage, token); // the one before opens nothing any more
    setState({ ...SIGNED_OUT, token, renewed: token });
  }, []);
  const stay = useCallback(() => setState((old) => ({ ...old, offered: null })), []);
  useEffect(() => {
    const brought = () => {
      if (location.hash.startsWith('#entrer=')) void enterByFragment().then(enter);
      const token = takeFragmentToken(window);
      if (!token) return;
      setState((old) =>
        old.token === null ? { ...SIGNED_OUT, token } : { ...old, offered: token === old.token ? null : token },
      );
    };
    window.addEventListener('hashchange', brought);
    return () => window.removeEventListener('hashchange', brought);
  }, [enter]);
  const api = useMemo(() => new Api(state.token ?? ''), [state.token]);
  useEffect(() => {
    if (!state.token || state.session || state.leaving) return;
    const token = state.token;
    api
      .session()
      .then((session) => {
        storeToken(sessionStorage, token);
        setState((old) => (old.token === token ? { ...old, session } : old));
      })
      .catch((error: unknown) => {
        if (state.offered) return signIn(state.offered, false); // there is no session that it could replace
        // whether there was a session in a cookie nobody knows before asking: its absence is no problem
        const nobody = error instanceof Refused && error.status === 401 && isCookie(token);
        signOut(nobody ? '' : error instanceof Refused ? error.message : 'La connexion a échoué.', !isCookie(token));
        // Nothing answered: the token may be good, so a reload will try it again.
        if (error instanceof Refused && error.status === 0) storeToken(sessionStorage, token);
      });
  }, [state.token, state.session, state.leaving, api]);
  const news = useMemo(() => new News(), [state.token]);
  useEffect(() => {
    if (!state.token || !state.session) return;
    const { account, key } = state.session;
    return joinStream(news, isCookie(state.token) ? cookieOf(key ?? account) : state.token, account);
  }, [news, state.token, state.session]);
  const { session, token, typed, problem, offered, renewed } = state;
  const desk = useMemo(
    () => (session && token ? { api, session, news, renewed, signOut, changeToken, credential: token, enter } : null),
    [api, session, news, renewed, signOut, changeToken, token, enter],
  );
  if (token && !session && !typed) return <Opening text={state.leaving ? 'Déconnexion…' : 'Connexion…'} />;
  if (!desk)
    return (
      <SignIn problem={problem} ofToken={state.ofToken} busy={token !== null} onToken={(given) => signIn(given, true)} onEntered={enter} />
    );
  if (session && offered)
    return (
      <OtherSession session={session} token={offered} onStay={stay} onChange={() => signIn(offered, false)} />
    );
  return (
    <DeskContext.Provider value={desk}>
      <Views />
    </DeskContext.Provider>
  );
}

takeArrival(window);
void enterByFragment().then(() =>
  render(
    <Failsafe>
      <App />
    </Failsafe>,
    document.getElementById('app')!,
  ),
);
