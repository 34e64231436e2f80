from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("org", "0002_workflow_settings"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="must_change_password",
            field=models.BooleanField(default=False, verbose_name="须修改密码"),
        ),
    ]
