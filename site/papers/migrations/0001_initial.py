import django.db.models.deletion
import trust.storage
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            name='CertificateSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('year', models.PositiveSmallIntegerField()),
                ('last_number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year'), name='one_series_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30, verbose_name='kind')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('sequence', models.PositiveIntegerField(verbose_name='running number')),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('code', models.CharField(max_length=8, unique=True, verbose_name='verification code')),
                ('state', models.CharField(choices=[('valid', 'Valid'), ('replaced', 'Replaced'), ('revoked', 'Revoked')], default='valid', max_length=10, verbose_name='state')),
                ('state_reason', models.TextField(blank=True, verbose_name='reason')),
                ('state_changed_on', models.DateField(blank=True, null=True, verbose_name='state since')),
                ('state_decision_number', models.CharField(blank=True, max_length=60, verbose_name='number of that decision')),
                ('state_decision_on', models.DateField(blank=True, null=True, verbose_name='date of that decision')),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='papers.certificate', verbose_name='replaced by')),
                ('holder_name', models.CharField(max_length=200, verbose_name='holder')),
                ('holder_unit', models.CharField(blank=True, max_length=300, verbose_name='unit')),
                ('title', models.TextField(verbose_name='title')),
                ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='decision number')),
                ('decision_on', models.DateField(blank=True, null=True, verbose_name='decision date')),
                ('data', models.JSONField(verbose_name='content')),
                ('pdf', models.FileField(blank=True, max_length=200, storage=trust.storage.private_storage, upload_to=trust.storage.private_upload_to('certificates'), verbose_name='PDF')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample data')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
            ],
            options={
                'verbose_name': 'certificate',
                'ordering': ['-issued_on', '-sequence'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'year', 'sequence'), name='one_certificate_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('replaced_by__isnull', False), ('state', 'replaced')), models.Q(models.Q(('state', 'replaced'), _negated=True), ('replaced_by__isnull', True)), _connector='OR'), name='replaced_names_its_successor'), models.CheckConstraint(condition=models.Q(models.Q(('pdf', ''), ('sha256', '')), models.Q(models.Q(('pdf', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='a_paper_has_its_hash')],
            },
        ),
        migrations.CreateModel(
            name='OfficePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30, verbose_name='kind')),
                ('subject', models.CharField(max_length=60)),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number')),
                ('issued_on', models.DateField(verbose_name='date')),
                ('data', models.JSONField(verbose_name='content')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('file', models.FileField(blank=True, max_length=200, storage=trust.storage.private_storage, upload_to=trust.storage.private_upload_to('papers'), verbose_name='signed file')),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('edit_version', models.PositiveIntegerField(default=0)),
                ('recorded_by', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'official paper',
                'ordering': ['-issued_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor_name', models.CharField(max_length=120)),
                ('actor_code', models.CharField(blank=True, max_length=30)),
                ('reason', models.TextField(blank=True)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='papers.officepaper')),
                ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'change of an official paper',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=10)),
                ('year', models.PositiveSmallIntegerField()),
                ('last_number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'kind', 'year'), name='papers_one_series_a_year')],
            },
        ),
        migrations.AddField(
            model_name='officepaper',
            name='series',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='papers.paperseries'),
        ),
        migrations.AddConstraint(
            model_name='officepaper',
            constraint=models.UniqueConstraint(fields=('kind', 'subject'), name='papers_one_paper_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='officepaper',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('series', 'number'), name='papers_number_once'),
        ),
        migrations.AddConstraint(
            model_name='officepaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('file_sha256', '')), models.Q(models.Q(('file', ''), _negated=True), models.Q(('file_sha256', ''), _negated=True)), _connector='OR'), name='papers_signed_file_has_its_hash'),
        ),
    ]
