import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailforms', '0005_alter_formsubmission_form_data'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'heartbeat',
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=120)),
                ('owner_kind', models.CharField(choices=[('person', 'person'), ('unit', 'unit'), ('capacity', 'capacity')], max_length=8)),
                ('owner', models.CharField(max_length=60)),
                ('due_on', models.DateField()),
                ('fixed', models.BooleanField(default=True)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('data', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('cancelled', 'cancelled')], default='open', max_length=9)),
                ('version', models.PositiveIntegerField(default=1)),
                ('version_on', models.DateField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('look_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'obligation',
                'verbose_name_plural': 'obligations',
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['kind', 'look_at'], name='obligation_look_idx'), models.Index(condition=models.Q(('state', 'open')), fields=['owner_kind', 'owner', 'due_on'], name='obligation_owner_idx')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject', 'owner_kind', 'owner'), name='one_obligation_of_an_owner'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state__in', ['done', 'cancelled'])), _connector='OR'), name='obligation_closed_or_open')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='obligations.obligation')),
                ('version', models.PositiveIntegerField()),
                ('stage', models.CharField(choices=[('T-7', '7 days before'), ('T-3', '3 days before'), ('T-1', '1 day before'), ('overdue', 'overdue')], max_length=7)),
                ('outcome', models.CharField(choices=[('sent', 'sent'), ('failed', 'failed'), ('skipped', 'skipped')], max_length=7)),
                ('skipped_why', models.CharField(blank=True, choices=[('passed', 'its day passed while the worker stood still'), ('began_later', 'its day had passed when the term began'), ('not_owed', 'nothing was owed any more'), ('nobody', 'there was nobody to tell')], max_length=11)),
                ('error', models.CharField(blank=True, max_length=500)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'indexes': [models.Index(fields=['outcome', '-id'], name='reminder_outcome_idx')],
                'constraints': [models.UniqueConstraint(fields=('obligation', 'version', 'stage'), name='one_reminder_a_stage')],
            },
        ),
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('works', models.BooleanField(choices=[(False, 'A day off'), (True, 'A working day, to make up')], default=False, verbose_name='what is announced')),
                ('note', models.CharField(max_length=200, verbose_name='announced by')),
                ('recorded_by', models.CharField(max_length=150)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_by', models.CharField(blank=True, max_length=150)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'announced day',
                'verbose_name_plural': 'announced days',
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('day',), name='one_announcement_a_day')],
            },
        ),
    ]
