"""The addresses of the site. Fixed words come first; what is left is an edition's slug."""

from collections.abc import Iterator

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, get_resolver, include, path, re_path
from django.urls.resolvers import RoutePattern

from conference import accessibility, errors, health, media, metrics, offline, security_txt, views
from conference.accounts import organisations
from conference.accounts.leaving import close_own_account
from conference.accounts.news import own_mail, unsubscribe
from conference.accounts.views import LoginCodeView, NewPasswordView, own_name, signup
from conference.former_addresses import known_formerly
from conference.models import FormerTheme
from conference.news import views as news
from conference.privacy import own_page
from conference.privacy.page import PrivacyView
from conference.sitemaps import EditionSitemap, FrontSitemap, NewsSitemap, PageSitemap, ThemeSitemap, robots
from sessions.sitemaps import (
    LibrarySitemap,
    OrganisationSitemap,
    PresentationSitemap,
    PublicationSitemap,
    SessionSitemap,
    TopicSitemap,
)
from speakers.sitemaps import SpeakerSitemap

SITEMAPS = {
    "front": FrontSitemap,
    "editions": EditionSitemap,
    "themes": ThemeSitemap,
    "pages": PageSitemap,
    "news": NewsSitemap,
    "sessions": SessionSitemap,
    "speakers": SpeakerSitemap,
    "organisations": OrganisationSitemap,
    "presentations": PresentationSitemap,
    "library": LibrarySitemap,
    "topics": TopicSitemap,
    "publications": PublicationSitemap,
}

pages = [
    path("", views.home, name="home"),
    path("offline/", offline.offline_page, name="offline"),
    path("accessibility/", accessibility.accessibility_page, name="accessibility"),
    path("accounts/name/", own_name, name="own_name"),
    path("accounts/mail/", own_mail, name="own_mail"),
    path("mail/unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("accounts/close/", close_own_account, name="close_account"),
    path("accounts/my-data/", own_page.my_data, name="my_data"),
    path("accounts/my-data/<uuid:guid>/my-data.zip", own_page.my_data_file, name="my_data_file"),
    path("accounts/organisation/", organisations.my_organisation, name="my_organisation"),
    path("accounts/new-organisation/", organisations.new_organisation, name="new_organisation"),
    path(
        "accounts/organisation/<slug:slug>/", organisations.organisation_members, name="organisation_members"
    ),
    path("editions/", views.EditionListView.as_view(), name="editions"),
    path("themes/<slug:slug>/", known_formerly(FormerTheme)(views.ThemeView.as_view()), name="theme"),
    path("news/", news.NewsListView.as_view(), name="news"),
    path("news/feed.atom", news.news_feed, name="news_feed"),
    path("news/<slug:slug>/", news.NewsItemView.as_view(), name="news_item"),
    path("<slug:edition>/news/", news.EditionNewsListView.as_view(), name="edition_news"),
    path("<slug:edition>/news/feed.atom", news.edition_news_feed, name="edition_news_feed"),
    path("<slug:edition>/news/<slug:slug>/", news.EditionNewsItemView.as_view(), name="edition_news_item"),
    path("privacy/", PrivacyView.as_view(), name="privacy"),
    path("pages/<slug:slug>/", views.PageView.as_view(), name="page"),
    path("<slug:edition>/pages/<slug:slug>/", views.EditionPageView.as_view(), name="edition_page"),
]

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("media/<path:name>", media.serve, name="media"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path(f"{settings.ADMIN_PATH}/", admin.site.urls),
        path("accounts/signup/", signup, name="account_signup"),
        re_path(
            r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            NewPasswordView.as_view(),
            name="account_reset_password_from_key",
        ),
        path("accounts/login/code/confirm/", LoginCodeView.as_view(), name="account_confirm_login_code"),
        path("accounts/", include("allauth.urls")),
        path("", include((pages, "conference"))),
        path("", include("speakers.urls")),
        path("", include("registration.urls")),
        path("", include("sessions.urls")),
        prefix_default_language=False,
    ),
]

handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.server_error,
)
handler429 = errors.too_many_requests  # allauth asks for it


def fixed_first_words() -> set[str]:
    """First words of addresses that the site itself uses, so that no edition takes one."""
    return set(first_words())


def first_words() -> list[str]:
    """One for every route that begins with a fixed word; the administration is a single one."""
    firsts = (route.split("/")[0] for route in routes(get_resolver().url_patterns))
    return [first for first in firsts if first and "<" not in first]


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        is_route = isinstance(pattern.pattern, RoutePattern)
        route = before + (str(pattern.pattern) if is_route else "")
        if isinstance(pattern, URLResolver) and "/" not in route:
            yield from routes(pattern.url_patterns, route)
        else:
            yield route
