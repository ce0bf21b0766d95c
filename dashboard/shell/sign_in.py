"""Where the secrets require that one signs in: the page for it, and the place that says who one is."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import account
from dashboard.session.account import EMAIL, UNNAMED, SignIn
from library.errors import LibraryError
from library.store import Member, Right

_MAY = {
    Right.READ: "may open what is saved",
    Right.EDIT: "may open and change what is saved",
    Right.APPROVE: "may open, change and approve what is saved",
}


def is_open() -> bool:
    """Whether this visitor may see the app; if not, what is to be done stands on the page, and nothing else."""
    try:
        how = account.sign_in()
        if how is None:
            return True
        visitor = account.member() if account.is_signed_in() else None
    except LibraryError as error:
        st.error(f"**The app is closed, as it is not known who may see it.** {literal(str(error), 1000)}",
                 icon=":material/lock:")  # fmt: skip
        return False
    if visitor and visitor.right:
        return True
    if visitor:
        _turned_away(visitor, how)
    else:
        _page(how)
    return False


def place() -> None:
    """Who one is and what one may do, and the way out; nothing where nobody signs in."""
    visitor = account.member()
    if visitor:
        with st.container(gap="xxsmall", key="account"):
            st.caption(f":material/account_circle: {literal(visitor.identity)} {_MAY[visitor.right]}")
            _way_out()


def _page(how: SignIn) -> None:
    st.markdown("# Sign in to see the plans")
    st.caption("Social media budget and ROI: what plans return, how sure that is, and where each number comes from.")
    for provider in how.providers:
        named = "" if provider == UNNAMED else f" with {literal(provider)}"
        st.button(f"Sign in{named}", key=f"sign in {provider}", on_click=st.login, args=(provider,))


def _turned_away(visitor: Member, how: SignIn) -> None:
    st.markdown("# You are signed in, but not listed here")
    if visitor.identity:
        st.markdown(f"Ask whoever runs this app to let {literal(visitor.identity)} in, or sign in as someone else.")
    elif how.roles.identity == EMAIL:
        st.markdown("Your provider names no e-mail address of yours that it has verified. Have it verified there.")
    else:
        st.markdown(
            f"Your provider says nothing of you under “{literal(how.roles.identity)}”. Tell whoever runs this app."
        )
    _way_out()


def _way_out() -> None:
    st.button("Sign out", key="sign out", on_click=st.logout, type="tertiary")
