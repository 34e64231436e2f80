"""URLs."""

from django.urls import path

from tracker.notices.views import chases, config, inbox

app_name = "notices"
urlpatterns = [
    # one's messages
    path("", inbox.inbox, name="inbox"),
    path("unread/", inbox.unread, name="unread"),
    path("read/", inbox.read_all, name="read-all"),
    path("mail/", inbox.own_mail, name="own-mail"),
    path("<int:pk>/read/", inbox.read, name="read"),
    # chasing
    path("chases/", chases.chases, name="chases"),
    path("chases/new/", chases.chase, name="chase"),
    path("chases/decide/", chases.decide, name="decide"),
    # settings
    path("settings/", config.settings, name="settings"),
    path("settings/ladder/", config.ladder, name="ladder"),
    path("settings/channels/", config.channels, name="channels"),
    path("settings/channels/new/<slug:kind>/", config.channel, name="channel-new"),
    path("settings/channels/<int:pk>/", config.channel, name="channel"),
    path("settings/channels/<int:pk>/test/", config.channel_test, name="channel-test"),
    path("settings/channels/<int:pk>/delete/", config.channel_delete, name="channel-delete"),
    path("settings/deliveries/<int:pk>/resend/", config.delivery_resend, name="delivery-resend"),
]
